-- What the service does by itself at certain times, what came of it last, and who asked for it. Runs once, in one
-- transaction with the other migrations. Cost: an empty table.
CREATE TABLE jobs (
  name text COLLATE "C" PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9-]{0,62}$'),
  -- As it is configured; nothing where it runs only when it is asked for.
  schedule text,
  time_zone text NOT NULL,
  next_due_at timestamptz,

  -- Requests are counted, so that whoever made one knows the run that answers it: the first to begin after it. Those
  -- that come before a run begins are one.
  requests bigint NOT NULL DEFAULT 0,
  requested_at timestamptz,
  -- The requests that the last run to begin was for, and the last that ended.
  started_requests bigint NOT NULL DEFAULT 0,
  served_requests bigint NOT NULL DEFAULT 0,

  -- Of the run that began last; how far it is, as long as it runs.
  last_started_at timestamptz,
  progress_done bigint,
  progress_total bigint,

  -- Of the run that ended last: what it did, in words and numbers, or why it failed.
  last_finished_at timestamptz,
  last_seconds double precision,
  last_outcome text CHECK (octet_length(last_outcome) <= 512),
  last_count_names text[] NOT NULL DEFAULT '{}',
  last_counts bigint[] NOT NULL DEFAULT '{}',
  last_error text CHECK (octet_length(last_error) <= 2048),

  -- Runs that ended, those of them that failed, and those that failed one after the other just now.
  runs bigint NOT NULL DEFAULT 0,
  failures bigint NOT NULL DEFAULT 0,
  failures_in_row integer NOT NULL DEFAULT 0,
  -- Runs whose process ended, or lost its lease, before they did.
  lost_runs bigint NOT NULL DEFAULT 0,

  CHECK (cardinality(last_count_names) = cardinality(last_counts)),
  CHECK (served_requests <= started_requests AND started_requests <= requests)
) WITH (fillfactor = 50)
