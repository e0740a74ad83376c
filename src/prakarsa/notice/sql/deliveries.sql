SELECT count(recipient.person_id) AS people, count(recipient.partner_id) AS partners,
       count(*) FILTER (WHERE message.state = 'queued') AS queued,
       count(*) FILTER (WHERE message.state = 'sent') AS sent,
       count(*) FILTER (WHERE message.state = 'failed') AS failed,
       count(*) FILTER (WHERE recipient.message_id IS NULL) AS without_address
  FROM notice.notice
  JOIN notice.recipient USING (notice_id)
  LEFT JOIN journal.message USING (message_id)
 WHERE notice_code = %(notice_code)s
