-- Keeps the server busy for $1 seconds, so that a test can watch somebody wait for it. Returns nothing of use;
-- locks nothing, may be repeated, costs its time.
SELECT pg_sleep($1::float8)
