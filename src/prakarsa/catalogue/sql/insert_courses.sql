-- Codes already taken are passed over, so running it again adds nothing. In code order against deadlocks.
INSERT INTO catalogue.course
       (course_code, institution_id, title, field, description, mode, hours, meetings, price_idr, min_age_years,
        max_age_years, min_education, has_live_session, free_elsewhere, outside_price_idr, is_bundle,
        tracks_completion, has_curriculum, has_evaluation, has_presence_log, expert_assessed, state, registered_at)
SELECT draft.course_code, institution.partner_id, title, field, description, mode, hours, meetings, price_idr,
       min_age_years, max_age_years, min_education, has_live_session, free_elsewhere, outside_price_idr, is_bundle,
       tracks_completion, has_curriculum, has_evaluation, has_presence_log, expert_assessed, 'draft', %(now)s
  FROM jsonb_to_recordset(%(rows)s::jsonb) AS draft (
           course_code text, institution_code text, title text, field text, description text, mode text, hours int,
           meetings int, price_idr bigint, min_age_years int, max_age_years int, min_education text,
           has_live_session boolean, free_elsewhere boolean, outside_price_idr bigint, is_bundle boolean,
           tracks_completion boolean, has_curriculum boolean, has_evaluation boolean, has_presence_log boolean,
           expert_assessed boolean)
  JOIN partner.partner AS institution ON institution.client_code = draft.institution_code
 ORDER BY draft.course_code
    ON CONFLICT (course_code) DO NOTHING
RETURNING course_code
