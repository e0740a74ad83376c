-- Put listings back that were ended at exactly this moment; one that was ended again or listed anew since stays as it is.
WITH wanted AS (
    SELECT *
      FROM unnest(%(course_ids)s::bigint[], %(platform_ids)s::bigint[], %(ended_ats)s::timestamptz[])
           AS wanted (course_id, platform_id, ended_at)
),
locked AS (
    SELECT listing.course_id, listing.platform_id
      FROM catalogue.listing
      JOIN wanted USING (course_id, platform_id, ended_at)
     ORDER BY listing.course_id, listing.platform_id
       FOR NO KEY UPDATE OF listing
)
UPDATE catalogue.listing
   SET ended_at = NULL
  FROM locked
  JOIN catalogue.course ON course.course_id = locked.course_id
  JOIN partner.partner ON partner.partner_id = locked.platform_id
 WHERE listing.course_id = locked.course_id
   AND listing.platform_id = locked.platform_id
RETURNING listing.course_id, listing.platform_id, course.course_code, partner.client_code
