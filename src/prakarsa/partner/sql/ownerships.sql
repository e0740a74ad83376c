SELECT owner.client_code AS owner_code, owned.client_code AS owned_code, since
  FROM partner.ownership
  JOIN partner.partner AS owner ON owner.partner_id = owner_id
  JOIN partner.partner AS owned ON owned.partner_id = owned_id
 ORDER BY owner.client_code, owned.client_code
