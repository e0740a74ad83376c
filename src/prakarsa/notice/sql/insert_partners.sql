INSERT INTO notice.recipient (notice_id, partner_id, message_id)
SELECT %(notice_id)s, partner_id, message_id
  FROM unnest(%(partner_ids)s::bigint[], %(message_ids)s::bigint[]) AS told (partner_id, message_id)
