UPDATE disbursement.payout_account SET scheduled_at = %(now)s
 WHERE person_id = ANY (%(person_ids)s) AND scheduled_at IS NULL
