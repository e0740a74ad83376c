-- Who of these family cards was selected before or is on the list of a draw.
SELECT DISTINCT kk_index, person_id
  FROM people.person
  JOIN selection.application USING (person_id)
 WHERE kk_index = ANY (%(kk_indexes)b)
   AND state IN ('selected', 'eligible')
