-- Begins a run of a job, if it is still due or asked for and the lease is the asker's. $1: the job's name; $2: its
-- lease's; $3: who holds it; $4: the term; $5: whether being due counts here, or only being asked for.
-- Returns when it began, the last request it is for, and how many runs failed one after the other before it; nothing if
-- there is nothing to do. Locks: the lease's row, then the job's. Cost: one small update.
WITH held AS (
  SELECT term FROM leases
  WHERE name = $2::text AND holder = $3::uuid AND term = $4::bigint AND expires_at > clock_timestamp()
  FOR UPDATE
)
UPDATE jobs j
SET last_started_at = greatest(clock_timestamp(), j.last_finished_at + interval '1 microsecond'),
  started_requests = j.requests, progress_done = NULL, progress_total = NULL,
  lost_runs = j.lost_runs
    + coalesce(j.last_started_at > j.last_finished_at, j.last_started_at IS NOT NULL)::integer
FROM held
WHERE j.name = $1::text
  AND (j.requests > j.served_requests OR $5::boolean AND j.next_due_at <= clock_timestamp())
RETURNING j.last_started_at, j.started_requests, j.failures_in_row
