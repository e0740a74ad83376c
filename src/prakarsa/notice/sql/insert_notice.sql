INSERT INTO notice.notice (notice_code, kind, audience, audience_code, title, title_en, words, words_en, urgent, written_by,
                           written_at)
VALUES (%(notice_code)s, 'office', %(audience)s, %(audience_code)s, %(title)s, %(title_en)s, %(words)s, %(words_en)s,
        %(urgent)s, %(by)s, %(now)s)
