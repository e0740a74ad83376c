-- People with more than one card.
SELECT 'person/' || person_id AS subject, jsonb_build_object('cards', count(*)) AS facts
  FROM card.card
 GROUP BY person_id
HAVING count(*) > 1
 ORDER BY person_id
