-- Ends one session, picked at random, of the application $1.
SELECT count(pg_terminate_backend(pid))
FROM (SELECT pid FROM pg_stat_activity WHERE application_name = $1 ORDER BY random() LIMIT 1) AS victim
