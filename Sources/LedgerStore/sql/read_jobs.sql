-- How jobs stand. $1: their names. Returns a row each, in the order of names. It runs while its lease is held and its
-- run has not ended; it is overdue since it was due, unless it runs. Locks: none. Cost: a handful of rows by key.
SELECT j.name, j.schedule, j.time_zone, j.next_due_at,
  j.requests, j.started_requests, j.served_requests,
  j.last_started_at, j.progress_done, j.progress_total,
  j.last_finished_at, j.last_seconds, j.last_outcome, j.last_count_names, j.last_counts, j.last_error,
  j.runs, j.failures, j.failures_in_row, j.lost_runs,
  state.is_running,
  coalesce(j.next_due_at <= clock.now, false) AS is_due,
  CASE WHEN state.is_running OR j.next_due_at IS NULL OR j.next_due_at > clock.now THEN 0::double precision
    ELSE extract(epoch FROM clock.now - j.next_due_at)::double precision END AS overdue_seconds
FROM jobs j
CROSS JOIN (SELECT clock_timestamp() AS now) clock
LEFT JOIN leases l ON l.name = 'job:' || j.name AND l.expires_at > clock.now
CROSS JOIN LATERAL (
  SELECT l.name IS NOT NULL AND coalesce(j.last_started_at > j.last_finished_at, j.last_started_at IS NOT NULL)
    AS is_running
) state
WHERE j.name = ANY ($1::text[])
ORDER BY j.name
