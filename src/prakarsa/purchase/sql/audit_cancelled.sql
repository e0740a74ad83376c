-- Purchases that a mass cancellation should not have touched.
SELECT 'purchase/' || transaction_code AS subject,
       jsonb_build_object('cancellation_code', cancellation_code) AS facts
  FROM purchase.purchase
  JOIN purchase.cancellation USING (cancellation_id)
  LEFT JOIN hold.hold USING (hold_id)
  JOIN catalogue.schedule USING (schedule_id)
  JOIN catalogue.course ON course.course_id = schedule.course_id
  JOIN partner.partner AS institution ON institution.partner_id = course.institution_id
 WHERE confirmed_at IS NULL
    OR (purchased_at > confirmed_at AND purchased_at >= hold.over_at)
    OR voided_at < confirmed_at
    OR completed_at IS NOT NULL
    OR cancellation.target_code <> CASE cancellation.scope
                           WHEN 'schedule' THEN schedule_code
                           WHEN 'course' THEN course_code
                           WHEN 'institution' THEN institution.client_code
                      END
 ORDER BY transaction_code
