-- The Indonesian stem of each word, as the index has it.
SELECT word, coalesce((ts_lexize('indonesian_stem', word))[1], word) AS stem FROM unnest(%(words)s::text[]) AS word
