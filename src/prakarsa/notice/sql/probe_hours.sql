SELECT client_code, name, hour_at, minutes_said, minutes_could, walks, mismatches, slowest_ms
  FROM partner.partner
  LEFT JOIN notice.probe_hour ON platform_id = partner_id AND hour_at >= %(since)s
 WHERE kind = 'platform'
   AND (status = 'active' OR platform_id IS NOT NULL)
 ORDER BY name, client_code, hour_at
