-- The card with this number, found by its blind index.
SELECT card_id
  FROM card.card
 WHERE number_index = %(number_index)s
