-- Asks for a run of a job as soon as possible. $1: its name. Returns the request's number, which all share who ask
-- before the run begins, or nothing if there is no such job. Locks: the job's row. Repeats are the same request. Cost:
-- one small update.
UPDATE jobs
SET requests = CASE WHEN requests > started_requests THEN requests ELSE requests + 1 END,
  requested_at = CASE WHEN requests > started_requests THEN requested_at ELSE clock_timestamp() END
WHERE name = $1::text
RETURNING requests
