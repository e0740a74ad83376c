-- A scheme's title begins with the name of the programme, up to the first comma.
SELECT purchase.purchase_id, wave.number AS wave_number, person.public_id AS person_public_id,
       course.description AS course_description, split_part(scheme.title, ',', 1) AS programme_name
  FROM purchase.purchase
  JOIN card.card USING (card_id)
  JOIN people.person USING (person_id)
  JOIN catalogue.course USING (course_id)
  JOIN programme.wave USING (wave_id)
  JOIN programme.scheme USING (scheme)
 WHERE purchase.purchase_id = ANY (%(purchase_ids)s)
