-- Answers 100 / $1; fails for 0.
SELECT 100 / $1::int4
