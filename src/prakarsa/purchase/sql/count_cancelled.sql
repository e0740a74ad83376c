UPDATE purchase.cancellation
   SET done_purchases = done_purchases + %(purchases)s, done_idr = done_idr + %(amount_idr)s
 WHERE cancellation_id = %(cancellation_id)s
