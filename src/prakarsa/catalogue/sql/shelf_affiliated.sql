SELECT platform_id, institution_id FROM partner.affiliation
