-- How many holds stand that are listed, and how many on people, of which nothing but their number is told.
SELECT (SELECT count(*)
          FROM hold.hold
         WHERE scope NOT IN ('card', 'person') AND over_at > %(now)s AND starts_at <= %(now)s) AS listed,
       (SELECT count(*)
          FROM (SELECT
                  FROM hold.hold
                 WHERE scope IN ('card', 'person') AND over_at > %(now)s AND starts_at <= %(now)s
                 LIMIT %(most)s) AS private) AS private
