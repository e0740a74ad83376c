-- Ids for messages that are about to be copied in.
SELECT nextval(pg_get_serial_sequence('journal.message', 'message_id')) FROM generate_series(1, %(count)s)
