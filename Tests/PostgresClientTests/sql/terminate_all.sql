-- Ends all sessions of the application $1.
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = $1
