-- The change and its scheme, so that two approvals of one scheme are decided one after the other.
SELECT change_id
  FROM programme.change
  JOIN programme.scheme USING (scheme)
 WHERE change_code = %(change_code)s
   FOR NO KEY UPDATE
