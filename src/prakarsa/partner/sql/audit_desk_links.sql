SELECT 'partner/' || client_code AS subject, 'partner.desk_link_issued' AS action
  FROM partner.desk_link
  JOIN partner.partner USING (partner_id)
