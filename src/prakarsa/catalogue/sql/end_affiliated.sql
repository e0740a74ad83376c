-- End what a platform may not sell because it belongs with the institution. Rows are locked in one order, so that two
-- rounds queue instead of deadlocking; running it again finds nothing more.
WITH forbidden AS MATERIALIZED (
    SELECT course_id, listing.platform_id, course.course_code
      FROM partner.affiliation
      JOIN catalogue.course USING (institution_id)
      JOIN catalogue.listing USING (course_id, platform_id)
     WHERE listing.ended_at IS NULL
       AND (course.price_idr > 0 OR %(free_too)s)
     ORDER BY course_id, listing.platform_id
     LIMIT %(limit)s
       FOR UPDATE OF listing
)
UPDATE catalogue.listing
   SET ended_at = %(now)s, end_cause = %(cause)s
  FROM forbidden
  JOIN partner.partner AS platform ON platform.partner_id = forbidden.platform_id
 WHERE listing.course_id = forbidden.course_id
   AND listing.platform_id = forbidden.platform_id
RETURNING forbidden.course_code, platform.client_code
