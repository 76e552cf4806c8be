-- Says why a snapshot could not be taken, and forgets what was read of a mirror for it. $1: its id; $2: why. Returns
-- nothing. Locks: the row. Repeats do nothing. Cost: one row, and those that were read.
WITH failed AS (
  UPDATE snapshots SET state = 'failed', reason = $2::text WHERE id = $1::uuid AND state = 'building' RETURNING number
)
DELETE FROM snapshot_arrivals WHERE snapshot_number = (SELECT number FROM failed)
