UPDATE people.sign_in_code SET used_at = %(now)s WHERE code_id = %(code_id)s
