-- What became of the messages of notices that are not settled yet, counted by a worker so that no page has to. Where
-- nothing is on its way and nobody was added since, the last count still stands.
WITH unsettled AS (
    SELECT notice_id
      FROM notice.notice
     WHERE sent_at IS NOT NULL
       AND settled_at IS NULL
       AND (counted_at IS NULL OR queued > 0 OR told_at >= counted_at OR closed_at IS NOT NULL)
),
counted AS (
    SELECT notice_id, count(recipient.person_id) AS people, count(recipient.partner_id) AS partners,
           count(*) FILTER (WHERE message.state = 'queued') AS queued,
           count(*) FILTER (WHERE message.state = 'sent') AS sent,
           count(*) FILTER (WHERE message.state = 'failed') AS failed,
           count(*) FILTER (WHERE recipient.notice_id IS NOT NULL AND recipient.message_id IS NULL) AS without_address
      FROM unsettled
      LEFT JOIN notice.recipient USING (notice_id)
      LEFT JOIN journal.message USING (message_id)
     GROUP BY notice_id
)
UPDATE notice.notice
   SET people = counted.people, partners = counted.partners, queued = counted.queued, sent = counted.sent,
       failed = counted.failed, without_address = counted.without_address, counted_at = %(now)s,
       settled_at = CASE WHEN closed_at IS NOT NULL AND counted.queued = 0 THEN %(now)s::timestamptz END
  FROM counted
 WHERE counted.notice_id = notice.notice_id
