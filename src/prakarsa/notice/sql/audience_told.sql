-- Everybody who was told of the hold, in the order of people.
SELECT recipient.person_id AS place, recipient.person_id
  FROM notice.notice
  JOIN notice.recipient USING (notice_id)
 WHERE notice.hold_id = %(hold_id)s
   AND notice.kind = 'hold_placed'
   AND recipient.person_id > %(after)s
   AND (SELECT true FROM notice.recipient AS told
         WHERE told.notice_id = %(notice_id)s AND told.person_id = recipient.person_id) IS NULL
 ORDER BY recipient.person_id
 LIMIT %(limit)s
