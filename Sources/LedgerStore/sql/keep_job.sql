-- Prolongs the lease of a job that runs, and notes how far it is. $1: the job's name; $2: its lease's; $3: who holds
-- it; $4: the term; $5: for how many seconds; $6: how much is done, or nothing; $7: of how much, or nothing.
-- Returns the time, or nothing if somebody else had the lease meanwhile. Locks: the lease's row, then the job's.
-- Repeats prolong. Cost: two small updates.
WITH kept AS (
  UPDATE leases SET expires_at = clock_timestamp() + make_interval(secs => $5::double precision)
  WHERE name = $2::text AND holder = $3::uuid AND term = $4::bigint
  RETURNING term
)
UPDATE jobs j SET progress_done = $6::bigint, progress_total = $7::bigint
FROM kept
WHERE j.name = $1::text
RETURNING clock_timestamp()
