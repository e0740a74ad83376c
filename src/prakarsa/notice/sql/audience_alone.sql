-- The one person whom a hold on a card or a person is about.
SELECT person_id AS place, person_id
  FROM people.person
 WHERE person_id > %(after)s
   AND person_id = CASE %(scope)s
                   WHEN 'person' THEN %(target_code)s::bigint
                   ELSE (SELECT card.person_id FROM card.card WHERE card_id = %(target_code)s::bigint) END
   AND (SELECT true FROM notice.recipient
         WHERE recipient.notice_id = %(notice_id)s AND recipient.person_id = person.person_id) IS NULL
 LIMIT %(limit)s
