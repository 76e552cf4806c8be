-- Tells which Postgres this is and how durable it is, for the head of the bench's report.
-- No parameters. Returns one row: version, fsync, synchronous_commit, shared_buffers.
-- Takes no locks; a repeat is harmless; cheap.
SELECT current_setting('server_version'), current_setting('fsync'), current_setting('synchronous_commit'),
  current_setting('shared_buffers');
