SELECT scheme, title, source_file, loaded_at FROM programme.scheme ORDER BY scheme
