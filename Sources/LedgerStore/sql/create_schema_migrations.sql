-- Makes the list of migrations that were applied.
-- Parameters: none. Returns: nothing. Locks: only what it makes; migrators wait for each other before it.
-- Repeat: does nothing. Cost: an empty table.
CREATE TABLE IF NOT EXISTS schema_migrations (
  number integer PRIMARY KEY CHECK (number > 0),
  name text NOT NULL UNIQUE,
  -- Of the file as it was applied: a file that was changed afterwards is not what this database has.
  checksum bytea NOT NULL CHECK (octet_length(checksum) = 32),
  applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
