-- Answers which server process serves this session.
SELECT pg_backend_pid()
