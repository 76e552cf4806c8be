-- Keeps members that were read of a mirror for a snapshot. $1: its number; $2 to $5: users, scores, since when,
-- versions, no user twice; $6: under which number it is read. Who was read before is kept as the newer of the two;
-- nothing is kept once it is taken, or once another reads it anew. Returns nothing. Locks: the snapshot's row, shared,
-- so that nobody begins anew beside this; the rows. Repeats change nothing. Cost: one index entry each.
WITH reading AS (
  SELECT number FROM snapshots WHERE number = $1::integer AND state = 'building' AND attempts = $6::integer FOR SHARE
)
INSERT INTO snapshot_arrivals AS a (snapshot_number, user_id, score, reached_at, version)
SELECT reading.number, r.user_id, r.score, r.reached_at, r.version
FROM reading, unnest($2::text[], $3::bigint[], $4::timestamptz[], $5::bigint[])
  AS r (user_id, score, reached_at, version)
ON CONFLICT (snapshot_number, user_id) DO UPDATE
SET score = EXCLUDED.score, reached_at = EXCLUDED.reached_at, version = EXCLUDED.version
WHERE a.version < EXCLUDED.version
