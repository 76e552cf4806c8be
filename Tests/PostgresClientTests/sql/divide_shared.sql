-- Answers 100 / $1; fails for 0. Changes nothing.
SELECT 100 / $1::int4
