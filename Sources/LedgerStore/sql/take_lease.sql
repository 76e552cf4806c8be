-- Takes a lease, or keeps it. $1: its name; $2: who asks; $3: for how many seconds.
-- Returns the term if it is the asker's now, nothing while another holds it. A dead holder's lease passes on when its
-- time is over, by Postgres's clock. Repeats by the holder prolong it. Locks: the lease's row. Cost: one small update.
INSERT INTO leases AS l (name, holder, term, expires_at)
VALUES ($1::text, $2::uuid, 1, clock_timestamp() + make_interval(secs => $3::double precision))
ON CONFLICT (name) DO UPDATE
SET holder = EXCLUDED.holder, expires_at = EXCLUDED.expires_at,
  term = CASE WHEN l.holder = EXCLUDED.holder THEN l.term ELSE l.term + 1 END
WHERE l.holder = EXCLUDED.holder OR l.expires_at < clock_timestamp()
RETURNING l.term
