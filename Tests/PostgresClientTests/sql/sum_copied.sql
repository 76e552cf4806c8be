-- Counts and sums what was copied.
SELECT count(*), coalesce(sum(id), 0)::int8 FROM copied
