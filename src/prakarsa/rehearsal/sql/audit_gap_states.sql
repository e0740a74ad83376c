-- Items whose state does not follow from their last answer.
SELECT 'gap_item/' || item_code AS subject, jsonb_build_object('state', state, 'told', told) AS facts
  FROM (SELECT item_code, state,
               coalesce((SELECT coalesce(outcome, 'answered')
                           FROM rehearsal.gap_answer
                          WHERE gap_answer.gap_item_id = gap_item.gap_item_id
                          ORDER BY gap_answer_id DESC
                          LIMIT 1), 'open') AS told
          FROM rehearsal.gap_item
         WHERE state NOT IN ('met', 'dropped')) AS item
 WHERE state <> told
