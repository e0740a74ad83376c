-- What the rules must know of a purchase beyond itself; one row per meeting that has a set moment, or one without.
SELECT class.meetings, card.revoked_at AS card_revoked_at, meeting.sequence, meeting.starts_at
  FROM purchase.purchase
  JOIN card.card USING (card_id)
  JOIN attendance.class USING (schedule_id)
  LEFT JOIN catalogue.meeting USING (schedule_id)
 WHERE purchase_id = %(purchase_id)s
