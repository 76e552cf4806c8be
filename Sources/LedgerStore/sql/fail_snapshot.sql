-- Says why a snapshot could not be taken. $1: its id; $2: why. Returns nothing. Locks: the row. Repeats do nothing.
-- Cost: one row.
UPDATE snapshots SET state = 'failed', reason = $2::text WHERE id = $1::uuid AND state = 'building'
