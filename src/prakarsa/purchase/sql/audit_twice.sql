-- Cards with more than one live purchase of a course.
SELECT 'card/' || card_id AS subject,
       jsonb_build_object('course_code', course_code, 'purchases', count(*)) AS facts
  FROM purchase.purchase
  JOIN catalogue.course USING (course_id)
 WHERE voided_at IS NULL
 GROUP BY card_id, course_code
HAVING count(*) > 1
 ORDER BY card_id, course_code
