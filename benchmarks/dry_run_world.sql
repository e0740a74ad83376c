-- A programme of the size of August 2020, made by the database itself: 7 platforms, 500 institutions, 10,000 courses with
-- two classes each, 800,000 cards of wave 4 and their holders, one purchase for every fourth card.
-- Sealed columns hold noise: a dry run opens none of them.
INSERT INTO ledger.account (kind, owner, balance_idr)
SELECT 'partner', 'bench/' || n, 0 FROM generate_series(1, %(platforms)s + %(institutions)s) AS n;

INSERT INTO partner.partner (kind, client_code, name, status, basis, commission_percent, registered_at, account_id)
SELECT CASE WHEN n <= %(platforms)s THEN 'platform' ELSE 'institution' END,
       CASE WHEN n <= %(platforms)s THEN 'pasar-' || n ELSE 'balai-' || n END,
       CASE WHEN n <= %(platforms)s THEN 'Pasar Belajar ' || n ELSE 'Balai Latihan ' || n END,
       CASE WHEN n %% 97 = 96 THEN 'pending' ELSE 'active' END,
       CASE WHEN n %% 97 = 96 THEN NULL ELSE 'SK-' || n || '/2020' END,
       CASE WHEN n <= %(platforms)s THEN 10 + n ELSE 0 END,
       %(now)s, account_id
  FROM ledger.account
  JOIN generate_series(1, %(platforms)s + %(institutions)s) AS n ON owner = 'bench/' || n
 WHERE kind = 'partner'
 ORDER BY n;

-- every fortieth institution belongs to a platform through another institution
INSERT INTO partner.ownership (owner_id, owned_id, since)
SELECT upper.partner_id, lower.partner_id, '2019-01-01'
  FROM generate_series(%(platforms)s + 40, %(platforms)s + %(institutions)s, 40) AS n
 CROSS JOIN LATERAL (VALUES ('pasar-' || n %% %(platforms)s + 1, 'balai-' || n - 1), ('balai-' || n - 1, 'balai-' || n))
       AS pair (upper_code, lower_code)
  JOIN partner.partner AS upper ON upper.client_code = upper_code
  JOIN partner.partner AS lower ON lower.client_code = lower_code;
INSERT INTO partner.affiliation (platform_id, institution_id)
WITH RECURSIVE below AS (
    SELECT owner_id AS top_id, owned_id FROM partner.ownership
     UNION
    SELECT below.top_id, ownership.owned_id FROM below JOIN partner.ownership ON ownership.owner_id = below.owned_id
)
SELECT DISTINCT top_id, owned_id
  FROM below
  JOIN partner.partner AS top ON top.partner_id = top_id AND top.kind = 'platform'
  JOIN partner.partner AS bottom ON bottom.partner_id = owned_id AND bottom.kind = 'institution';

-- facts fall as dice do, the same in every run: a hash of the course's number and the name of the fact
INSERT INTO catalogue.course
       (course_code, institution_id, title, field, mode, hours, meetings, price_idr, state, has_live_session,
        free_elsewhere, outside_price_idr, is_bundle, tracks_completion, has_curriculum, has_evaluation,
        has_presence_log, expert_assessed, registered_at, decided_at, decided_by)
SELECT 'KRS-' || lpad(n::text, 6, '0'), institution.partner_id, 'Kursus nomor ' || n,
       (ARRAY['Kuliner', 'Kuliner', 'Kuliner', 'Bahasa', 'Bahasa', 'Pemasaran', 'Pemasaran', 'Desain', 'Pemrograman',
              'Otomotif', 'Tata busana', 'Pertanian', 'Keuangan', 'Kecantikan', 'Perhotelan',
              'Kesehatan'])[1 + abs(hashtext('field' || n)) %% 16],
       (ARRAY['self_paced', 'webinar', 'webinar'])[1 + abs(hashtext('mode' || n)) %% 3],
       10 + n %% 30, 1 + n %% 5, 50_000 + abs(hashtext('price' || n)) %% 38 * 25_000, 'approved',
       abs(hashtext('live' || n)) %% 10 > 2, abs(hashtext('free' || n)) %% 100 < 12,
       CASE WHEN abs(hashtext('outside' || n)) %% 100 < 8 THEN 100_000 END, abs(hashtext('bundle' || n)) %% 100 < 4,
       abs(hashtext('completion' || n)) %% 100 > 5, abs(hashtext('curriculum' || n)) %% 100 > 3,
       abs(hashtext('evaluation' || n)) %% 100 > 3, abs(hashtext('presence' || n)) %% 100 > 3,
       abs(hashtext('expert' || n)) %% 100 > 6, %(now)s, %(now)s, 'staff/1'
  FROM generate_series(1, %(courses)s) AS n
  JOIN partner.partner AS institution
    ON institution.client_code = 'balai-' || %(platforms)s + 1 + n %% %(institutions)s;

INSERT INTO catalogue.listing (course_id, platform_id, listed_at)
SELECT course_id, platform.partner_id, %(now)s
  FROM catalogue.course
  JOIN partner.partner AS platform
    ON platform.kind = 'platform' AND abs(hashtext('sold' || course_id || '/' || platform.partner_id)) %% 3 = 0;

INSERT INTO catalogue.schedule (schedule_code, course_id, starts_at, ends_at, enrolment_closes_at, seats, seats_sold)
SELECT course_code || '-' || n, course_id, begins, begins + interval '20 days', begins - interval '1 day', 150, course_id %% 40
  FROM catalogue.course
 CROSS JOIN generate_series(1, 2) AS n
 CROSS JOIN LATERAL (SELECT %(now)s::timestamptz + n * interval '10 days' AS begins) AS class;
INSERT INTO catalogue.meeting (schedule_id, sequence, starts_at)
SELECT schedule_id, sequence, starts_at + sequence * interval '1 day'
  FROM catalogue.schedule
  JOIN catalogue.course USING (course_id)
 CROSS JOIN generate_series(1, 3) AS sequence
 WHERE mode <> 'self_paced';

INSERT INTO catalogue.attestation (course_id, fact, value, was, evidence, attested_by, attested_at)
SELECT course_id, fact, to_jsonb(fact <> 'free_elsewhere'), 'false',
       jsonb_build_array(jsonb_build_object('kind', 'document', 'reference', repeat('ab', 32), 'seen_on', '2020-07-01',
                                            'note', '', 'price_idr', NULL)),
       'staff/2', %(now)s
  FROM catalogue.course
 CROSS JOIN unnest(ARRAY['has_live_session', 'free_elsewhere', 'has_curriculum']) AS fact;

INSERT INTO people.person
       (public_id, name, birth_date, sex, province_code, education, situation, in_formal_education, citizenship,
        nik_sealed, nik_index, kk_sealed, kk_index, phone_sealed, phone_index, email_sealed, email_index, registered_at)
SELECT 'P' || n, 'Peserta', '1990-01-01', 'female', '31', 'sma', 'job_seeker', false, 'WNI', '', noise, '', noise,
       '', noise, '', noise, %(now)s
  FROM generate_series(1, %(cards)s) AS n
 CROSS JOIN LATERAL (SELECT decode(md5(n::text), 'hex') AS noise) AS sealed;

INSERT INTO ledger.account (kind, owner, balance_idr)
SELECT 'card', 'person/' || person_id, CASE WHEN person_id %% 20 = 0 THEN 0 ELSE 1_000_000 END FROM people.person;

INSERT INTO card.card (person_id, wave_id, account_id, number_sealed, number_index, issued_at, notified_at)
SELECT person_id, wave_id, account_id, '', decode(md5('card' || person_id), 'hex'), %(now)s, %(now)s
  FROM people.person
  JOIN ledger.account ON kind = 'card' AND owner = 'person/' || person_id
 CROSS JOIN (SELECT wave_id FROM programme.wave WHERE number = 4) AS wave;

INSERT INTO purchase.purchase
       (card_id, intent_id, platform_id, institution_id, course_id, schedule_id, invoice_code, invoice_url,
        transaction_code, redeem_code, amount_idr, purchased_at, redeemed_at, completed_at)
SELECT card_id, card_id, listing.platform_id, course.institution_id, course.course_id, schedule.schedule_id,
       'INV-' || card_id, '', 'TRX-' || card_id, 'RDM-' || card_id, course.price_idr,
       %(now)s::timestamptz - (card_id %% 60) * interval '1 day',
       CASE WHEN card_id %% 8 = 0 THEN %(now)s::timestamptz END, CASE WHEN card_id %% 8 = 0 THEN %(now)s::timestamptz END
  FROM card.card
  JOIN catalogue.course ON course.course_id = 1 + card_id / 4 %% %(courses)s
  JOIN LATERAL (SELECT platform_id FROM catalogue.listing WHERE listing.course_id = course.course_id
                 ORDER BY platform_id LIMIT 1) AS listing ON true
  JOIN LATERAL (SELECT schedule_id FROM catalogue.schedule WHERE schedule.course_id = course.course_id
                 ORDER BY schedule_id LIMIT 1) AS schedule ON true
 WHERE card_id %% 4 = 0;
