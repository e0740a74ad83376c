-- End listings that are in force; those that were ended. Rows are locked in one order.
WITH wanted AS (
    SELECT *
      FROM unnest(%(course_ids)s::bigint[], %(platform_ids)s::bigint[]) AS wanted (course_id, platform_id)
),
locked AS (
    SELECT listing.course_id, listing.platform_id
      FROM catalogue.listing
      JOIN wanted USING (course_id, platform_id)
     WHERE ended_at IS NULL
     ORDER BY listing.course_id, listing.platform_id
       FOR NO KEY UPDATE OF listing
)
UPDATE catalogue.listing
   SET ended_at = %(now)s
  FROM locked
  JOIN catalogue.course ON course.course_id = locked.course_id
  JOIN partner.partner ON partner.partner_id = locked.platform_id
 WHERE listing.course_id = locked.course_id
   AND listing.platform_id = locked.platform_id
RETURNING listing.course_id, listing.platform_id, course.course_code, partner.client_code
