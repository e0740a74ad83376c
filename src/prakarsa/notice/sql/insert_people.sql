INSERT INTO notice.recipient (notice_id, person_id, message_id)
SELECT %(notice_id)s, person_id, message_id
  FROM unnest(%(person_ids)s::bigint[], %(message_ids)s::bigint[]) AS told (person_id, message_id)
