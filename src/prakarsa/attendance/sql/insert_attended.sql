-- A step is attended once; attending it again adds nothing.
INSERT INTO attendance.attended (card_id, purchase_id, sequence, attended_at, proof)
SELECT card_id, purchase_id, %(sequence)s, %(now)s, %(proof)s
  FROM purchase.purchase
 WHERE purchase_id = %(purchase_id)s
    ON CONFLICT ON CONSTRAINT attended_once DO NOTHING
