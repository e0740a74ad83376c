-- A new consent replaces the check begun before: only the newest can be concluded.
UPDATE attendance.verification
   SET consented_at = %(now)s, check_id = %(check_id)s
 WHERE verification_id = %(verification_id)s
