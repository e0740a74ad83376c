-- Every change, or one by its code; the newest first.
SELECT change_id, change_code, scheme, title, file_text, retroactive_leave, author, proposed_at, approver, approved_at,
       withdrawn_by, withdrawn_at, revocation_author, revocation_reason, revoked_by, revoked_at,
       (SELECT min(effective_from) FROM programme.amendment WHERE amendment.change_id = change.change_id)
           AS effective_from
  FROM programme.change
 WHERE %(change_code)s::text IS NULL
    OR change_code = %(change_code)s
 ORDER BY change_id DESC
