INSERT INTO complaint.complaint (number, person_id, category, owner, words_sealed, opened_at, due_at)
VALUES (%(number)s, %(person_id)s, %(category)s, %(owner)s, %(words_sealed)s, %(now)s, %(due_at)s)
