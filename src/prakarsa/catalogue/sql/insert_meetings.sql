INSERT INTO catalogue.meeting (schedule_id, sequence, starts_at)
SELECT schedule.schedule_id, draft.sequence, draft.starts_at
  FROM unnest(%(codes)s::text[], %(sequences)s::int[], %(starts)s::timestamptz[])
       AS draft (schedule_code, sequence, starts_at)
  JOIN catalogue.schedule USING (schedule_code)
