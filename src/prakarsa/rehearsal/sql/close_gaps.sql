-- Items whose condition the facts meet by now, and items that nobody asks for any more: the course left the catalogue,
-- or the change was taken back. Rows somebody works on are left for the next time. Conditions of partners themselves
-- are judged elsewhere.
WITH judged AS (
    SELECT gap_item.gap_item_id,
           change.revoked_at IS NOT NULL OR change.withdrawn_at IS NOT NULL OR course.state <> 'approved' AS dropped,
           CASE
               WHEN bit & %(own_bits)s <> 0 THEN course.misses & bit = 0
               WHEN bit = %(decreed_bit)s THEN institution.status = 'active'
               WHEN bit = %(mode_bit)s THEN dry_run.terms_after -> 'course_delivery_modes' ? course.mode
               WHEN bit = %(affiliated_bit)s THEN NOT EXISTS (
                   SELECT
                     FROM catalogue.listing
                     JOIN partner.partner AS seller ON seller.partner_id = listing.platform_id
                     JOIN partner.affiliation
                       ON affiliation.platform_id = listing.platform_id
                      AND affiliation.institution_id = course.institution_id
                    WHERE listing.course_id = course.course_id
                      AND listing.ended_at IS NULL
                      AND seller.status = 'active')
           END AS met
      FROM rehearsal.gap_item
      JOIN rehearsal.gap_list USING (gap_list_id)
      JOIN rehearsal.dry_run USING (dry_run_id)
      LEFT JOIN programme.change ON change.change_code = dry_run.change_code
      LEFT JOIN catalogue.course ON thing = 'course' AND course.course_id = thing_id
      LEFT JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
     WHERE closed_at IS NULL
),
settled AS (
    SELECT gap_item.gap_item_id, CASE WHEN dropped THEN 'dropped' ELSE 'met' END AS state
      FROM rehearsal.gap_item
      JOIN judged USING (gap_item_id)
     WHERE dropped OR met
     ORDER BY gap_item.gap_item_id
     LIMIT %(limit)s
       FOR NO KEY UPDATE OF gap_item SKIP LOCKED
)
UPDATE rehearsal.gap_item
   SET state = settled.state, closed_at = %(now)s
  FROM settled
 WHERE gap_item.gap_item_id = settled.gap_item_id
   AND gap_item.closed_at IS NULL
RETURNING item_code, settled.state, thing_code, condition
