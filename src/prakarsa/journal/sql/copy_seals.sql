COPY journal.seal (seal_no, entry_id, transaction_id, digest) FROM STDIN
