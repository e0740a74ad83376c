SELECT listing.course_id, seller.partner_id, seller.client_code, seller.name
  FROM catalogue.listing
  JOIN partner.partner AS seller ON seller.partner_id = listing.platform_id
 WHERE listing.course_id = ANY (%(course_ids)s)
   AND listing.ended_at IS NULL
   AND seller.status = 'active'
 ORDER BY listing.course_id, seller.name, seller.client_code
