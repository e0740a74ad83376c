UPDATE purchase.cancellation
   SET confirmed_by = %(by)s, confirmed_at = %(now)s,
       hold_id = (SELECT hold_id FROM hold.hold WHERE hold_code = %(hold_code)s),
       purchases = %(purchases)s, people = %(people)s, amount_idr = %(amount_idr)s, classes = %(classes)s,
       attended = %(attended)s, completed = %(completed)s
 WHERE cancellation_id = %(cancellation_id)s
