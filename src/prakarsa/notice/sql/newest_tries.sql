-- The newest tries to buy what was said to be on sale, or of reading what is said, newest first, per platform.
SELECT platform_id, could, course_code, refusal_code, problem
  FROM unnest(%(platform_codes)s::text[]) AS asked (client_code)
  JOIN partner.partner USING (client_code)
 CROSS JOIN LATERAL (SELECT probe_id, outcome = 'could' AS could, course_code, refusal_code, problem
                       FROM notice.probe
                      WHERE probe.platform_id = partner.partner_id
                        AND said <> 'not_on_sale'
                        AND outcome <> 'not_tried'
                      ORDER BY probe_id DESC
                      LIMIT %(limit)s) AS newest
 CROSS JOIN LATERAL (SELECT partner.partner_id AS platform_id) AS platform
 ORDER BY platform_id, probe_id DESC
