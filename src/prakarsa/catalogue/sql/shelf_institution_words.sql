SELECT partner_id,
       tsvector_to_array(words || to_tsvector('indonesian', translate(name, '/.:@_-', '      '))) AS words
  FROM partner.partner
 WHERE kind = 'institution'
