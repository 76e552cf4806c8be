-- Records what came of a run, if nobody else had its lease since it began. $1: the job's name; $2: its lease's; $3: who
-- holds it; $4: the term; $5: what was done, or nothing; $6, $7: names and numbers of what was done; $8: why it failed,
-- or nothing; $9: the last request it was for; $10: whether the next run is due when it was before; $11: else when it
-- is, or nothing.
-- Touches one row if it was recorded. Locks: the lease's row, then the job's. Repeats do nothing. Cost: one update.
WITH held AS (
  SELECT term FROM leases WHERE name = $2::text AND holder = $3::uuid AND term = $4::bigint FOR UPDATE
)
UPDATE jobs j
SET last_finished_at = clock_timestamp(),
  last_seconds = greatest(0, extract(epoch FROM clock_timestamp() - j.last_started_at)::double precision),
  last_outcome = $5::text, last_count_names = $6::text[], last_counts = $7::bigint[], last_error = $8::text,
  served_requests = greatest(j.served_requests, $9::bigint), progress_done = NULL, progress_total = NULL,
  next_due_at = CASE WHEN $10::boolean THEN j.next_due_at ELSE $11::timestamptz END,
  runs = j.runs + 1, failures = j.failures + ($8::text IS NOT NULL)::integer,
  failures_in_row = CASE WHEN $8::text IS NULL THEN 0 ELSE least(j.failures_in_row + 1, 1000000) END
FROM held
WHERE j.name = $1::text AND (j.last_finished_at IS NULL OR j.last_finished_at < j.last_started_at)
