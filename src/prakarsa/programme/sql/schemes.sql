SELECT scheme, title, source_file, loaded_at, author, approver, approved_at FROM programme.scheme ORDER BY scheme
