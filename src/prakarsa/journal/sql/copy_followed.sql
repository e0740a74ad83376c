COPY journal.message (message_id, person_id, channel, template, language, recipient_sealed, params_sealed, priority,
                      created_at, next_attempt_at) FROM STDIN
