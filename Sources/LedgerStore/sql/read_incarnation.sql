-- Which ledger this is, and the generation of its definitions. A standby that was promoted, a backup that was recovered
-- and a dump that was restored differ in one of these, and files can be put back only while the server is down, so it
-- has another start then. The start is in microseconds since 1970. Locks: none. Cost: some 50 us, for a file is read.
SELECT s.ledger_id, c.system_identifier, d.oid::bigint,
  ('x' || lpad(substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8), 16, '0'))::bit(64)::bigint,
  (extract(epoch FROM pg_postmaster_start_time()) * 1000000)::bigint, s.generation
FROM settings s, pg_control_system() c, pg_database d
WHERE d.datname = current_database()
