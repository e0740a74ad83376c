-- Cards of a whole wave and their holders, made by the database itself. Sealed columns hold noise: nothing opens them.
INSERT INTO people.person
       (public_id, name, birth_date, sex, province_code, education, situation, in_formal_education, citizenship,
        nik_sealed, nik_index, kk_sealed, kk_index, phone_sealed, phone_index, email_sealed, email_index, registered_at)
SELECT 'B' || n, 'Peserta ' || n, '1990-01-01', 'female', '31', 'sma', 'job_seeker', false, 'WNI',
       mark, mark, mark, mark, mark, mark, mark, mark, %(now)s
  FROM generate_series(1, %(cards)s) AS n
 CROSS JOIN LATERAL (SELECT decode(md5('hold/' || n), 'hex') AS mark) AS noise;
INSERT INTO ledger.account (kind, owner, balance_idr)
SELECT 'card', 'bench/' || n, 0 FROM generate_series(1, %(cards)s) AS n;
INSERT INTO card.card (person_id, wave_id, account_id, number_sealed, number_index, issued_at, notified_at)
SELECT person_id, wave_id, account_id, nik_sealed, nik_index, %(now)s, %(now)s
  FROM people.person
  JOIN ledger.account ON kind = 'card' AND owner = 'bench/' || substr(public_id, 2)
 CROSS JOIN (SELECT wave_id FROM programme.wave ORDER BY number DESC LIMIT 1) AS wave
 WHERE public_id ~ '^B[0-9]+$';
ANALYZE;
