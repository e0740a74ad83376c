-- Give an address to a purchase for this course; who has it afterwards is the answer (no row: another purchase).
-- A cancelled purchase lets go of its address.
INSERT INTO attendance.learning_account AS account (course_id, email_index, purchase_id)
VALUES (%(course_id)s, %(email_index)s, %(purchase_id)s)
    ON CONFLICT ON CONSTRAINT learning_account_once DO UPDATE
   SET purchase_id = excluded.purchase_id
 WHERE account.purchase_id = excluded.purchase_id
    OR EXISTS (SELECT
                 FROM purchase.purchase AS earlier
                WHERE earlier.purchase_id = account.purchase_id
                  AND earlier.voided_at IS NOT NULL)
RETURNING purchase_id
