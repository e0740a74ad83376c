-- Every state that has a journal row.
SELECT 'partner/' || client_code AS subject, 'partner.registered' AS action
  FROM partner.partner
 UNION ALL
SELECT 'partner/' || client_code, 'partner.key_issued'
  FROM partner.sign_key
  JOIN partner.partner USING (partner_id)
