DELETE FROM catalogue.meeting
 USING catalogue.schedule
 WHERE meeting.schedule_id = schedule.schedule_id
   AND schedule.schedule_code = ANY (%(codes)s)
