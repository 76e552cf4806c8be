-- Answers the rows that it is given. $1: the rows.
SELECT id, place, note, amount, coalesce(parts, '{-1}'), at FROM unnest($1::pg_temp.mixed[])
