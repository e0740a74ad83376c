-- Courses on sale at a platform, or taken off it, against what the journal last told.
WITH kept AS (
    SELECT 'course/' || course_code AS subject, client_code AS platform, ended_at IS NULL AS on_sale
      FROM catalogue.listing
      JOIN catalogue.course USING (course_id)
      JOIN partner.partner ON partner_id = platform_id
),
told AS (
    SELECT DISTINCT ON (subject, facts ->> 'platform')
           subject, facts ->> 'platform' AS platform, action = 'catalogue.listed' AS on_sale
      FROM journal.entry
     WHERE action IN ('catalogue.listed', 'catalogue.unlisted')
     ORDER BY subject, facts ->> 'platform', entry_id DESC
)
SELECT subject, jsonb_build_object('platform', platform) AS facts
  FROM kept
  FULL JOIN told USING (subject, platform)
 WHERE kept.on_sale IS DISTINCT FROM told.on_sale
 ORDER BY subject, platform
