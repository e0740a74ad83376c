INSERT INTO programme.change (change_code, scheme, title, file_text, retroactive_leave, author, proposed_at)
VALUES (%(change_code)s, %(scheme)s, %(title)s, %(file_text)s, %(retroactive_leave)s, %(author)s, %(now)s)
RETURNING change_id
