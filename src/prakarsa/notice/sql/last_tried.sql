-- The courses that were tried last on each platform.
SELECT client_code, on_sale.course_code, refused.course_code
  FROM partner.partner
  LEFT JOIN LATERAL (SELECT course_code
                       FROM notice.probe
                      WHERE platform_id = partner_id AND said = 'on_sale'
                      ORDER BY probe_id DESC
                      LIMIT 1) AS on_sale ON true
  LEFT JOIN LATERAL (SELECT course_code
                       FROM notice.probe
                      WHERE platform_id = partner_id AND said = 'not_on_sale'
                      ORDER BY probe_id DESC
                      LIMIT 1) AS refused ON true
 WHERE kind = 'platform'
