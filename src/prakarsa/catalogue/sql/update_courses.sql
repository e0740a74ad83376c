UPDATE catalogue.course
   SET title = draft.title,
       field = draft.field,
       description = draft.description,
       mode = draft.mode,
       hours = draft.hours,
       meetings = draft.meetings,
       price_idr = draft.price_idr,
       min_age_years = draft.min_age_years,
       max_age_years = draft.max_age_years,
       min_education = draft.min_education,
       has_live_session = draft.has_live_session,
       free_elsewhere = draft.free_elsewhere,
       outside_price_idr = draft.outside_price_idr,
       is_bundle = draft.is_bundle,
       tracks_completion = draft.tracks_completion,
       has_curriculum = draft.has_curriculum,
       has_evaluation = draft.has_evaluation,
       has_presence_log = draft.has_presence_log,
       expert_assessed = draft.expert_assessed
  FROM jsonb_to_recordset(%(rows)s::jsonb) AS draft (
           course_code text, institution_code text, title text, field text, description text, mode text, hours int,
           meetings int, price_idr bigint, min_age_years int, max_age_years int, min_education text,
           has_live_session boolean, free_elsewhere boolean, outside_price_idr bigint, is_bundle boolean,
           tracks_completion boolean, has_curriculum boolean, has_evaluation boolean, has_presence_log boolean,
           expert_assessed boolean)
 WHERE course.course_code = draft.course_code
