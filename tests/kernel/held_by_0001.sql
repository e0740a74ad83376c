-- What an installation of release 0001 may hold, in as few rows as possible: nobody real, nothing decipherable.
INSERT INTO ledger.account (kind, owner, may_overdraw, balance_idr)
VALUES ('state', 'rkun', true, -1000000), ('training_budget', 'wave/4', false, 0), ('card', 'person/1', false, 900000),
       ('partner', 'pasar', false, 0), ('partner', 'balai', false, 0), ('partner', 'induk', false, 0),
       ('course_escrow', 'balai', false, 100000);
INSERT INTO ledger.transfer (at, reason, reference, from_account_id, to_account_id, amount_idr)
VALUES ('2020-08-16', 'training_budget', 'wave/4', 1, 2, 1000000), ('2020-08-16', 'wave_credit', 'wave/4', 2, 3, 1000000),
       ('2020-08-17', 'purchase', 'purchase/TRX1', 3, 7, 100000);
INSERT INTO programme.scheme (scheme, title, source_file, loaded_at)
VALUES ('prakerja-2020', 'Kartu Prakerja', 'prakerja-2020.toml', '2020-08-01');
INSERT INTO programme.parameter (scheme, name, value, effective_from, legal_basis, source)
VALUES ('prakerja-2020', 'training_balance_idr', '1000000', '2020-04-11', 'Permenko 11/2020 art. 18', 'programme-rules 5');
INSERT INTO programme.wave (number, scheme, opens_at, closes_at, quota, budget_year, budget_account_id)
VALUES (4, 'prakerja-2020', '2020-08-08', '2020-08-12', 1, 2020, 2);
INSERT INTO people.person (public_id, name, birth_date, sex, province_code, education, situation, in_formal_education,
                           citizenship, nik_sealed, nik_index, kk_sealed, kk_index, phone_sealed, phone_index,
                           email_sealed, email_index, registered_at)
VALUES ('P1', 'Sari Melati Putri', '1990-01-01', 'female', '31', 'sma', 'job_seeker', false, 'ID', '\x01', '\x01',
        '\x01', '\x01', '\x01', '\x01', '\x01', '\x01', '2020-08-08');
INSERT INTO partner.partner (kind, client_code, name, status, basis, commission_percent, registered_at, account_id)
VALUES ('platform', 'pasar', 'Pasar', 'active', 'PKS-1', 10, '2020-04-01', 4),
       ('institution', 'balai', 'Balai', 'active', 'SK-1', 0, '2020-04-01', 5),
       ('institution', 'induk', 'Induk', 'active', 'SK-2', 0, '2020-04-01', 6);
-- the platform owns an institution that owns another
INSERT INTO partner.ownership (owner_id, owned_id, since) VALUES (1, 3, '2019-01-01'), (3, 2, '2019-01-01');
INSERT INTO hold.hold (hold_code, scope, capability, target_code, target_name, reason_code, legal_basis, public_words,
                       notice_to, notice_at, placed_by, placed_at, starts_at, ends_at, review_at)
VALUES ('HLD-1', 'programme', 'selling', NULL, 'Kartu Prakerja', 'technical', 'SK-3', 'Kami memeriksa', 'semua',
        '2020-08-20', 'staff/1', '2020-08-20', '2020-08-20', NULL, '2020-08-27'),
       ('HLD-2', 'course', 'selling', 'CRS-1', 'Barista', 'not_delivered', 'SK-3', 'Kami memeriksa', 'Balai',
        '2020-08-20', 'staff/1', '2020-08-20', '2020-08-20', '2020-09-01', '2020-08-27');
INSERT INTO catalogue.course (course_code, institution_id, title, field, mode, hours, meetings, price_idr, state,
                              has_live_session, free_elsewhere, outside_price_idr, is_bundle, tracks_completion,
                              has_curriculum, has_evaluation, has_presence_log, expert_assessed, registered_at,
                              decided_at, decided_by)
VALUES ('CRS-1', 2, 'Barista', 'Kuliner', 'webinar', 15, 1, 100000, 'approved', true, false, NULL, false, true, true,
        true, true, true, '2020-04-01', '2020-04-01', 'staff/1'),
       ('CRS-2', 2, 'Pelatihan kopi', 'Kuliner', 'self_paced', 15, 1, 100000, 'approved', false, true, 50000, true,
        false, false, false, false, false, '2020-04-01', '2020-04-01', 'staff/1');
INSERT INTO catalogue.listing (course_id, platform_id, listed_at) VALUES (1, 1, '2020-04-01');
INSERT INTO catalogue.schedule (schedule_code, course_id, starts_at, ends_at, enrolment_closes_at, seats, seats_sold)
VALUES ('S1', 1, '2020-09-01', '2020-09-02', '2020-08-31', 10, 1);
INSERT INTO card.card (person_id, wave_id, account_id, number_sealed, number_index, issued_at, notified_at)
VALUES (1, 1, 3, '\x01', '\x01', '2020-08-16', '2020-08-16');
INSERT INTO purchase.purchase (card_id, intent_id, platform_id, institution_id, course_id, schedule_id, invoice_code,
                               invoice_url, transaction_code, redeem_code, amount_idr, purchased_at, redeemed_at)
VALUES (1, 1, 1, 2, 1, 1, 'INV-1', 'https://pasar.example/1', 'TRX1', 'RDM1', 100000, '2020-08-17', '2020-09-01');
INSERT INTO feedback.rating (purchase_id, course_id, person_id, instructor_stars, facility_stars, course_stars, review,
                             rated_at)
VALUES (1, 1, 1, 5, 4, 3, 'Sangat bermanfaat', '2020-09-10');
INSERT INTO feedback.course_total (course_id, ratings, instructor_stars, facility_stars, course_stars) VALUES (1, 1, 5, 4, 3);
