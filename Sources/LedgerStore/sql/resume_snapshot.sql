-- Lets a snapshot that failed be tried again. $1: its id. Returns nothing. Locks: the row. Repeats do nothing.
-- Cost: one row.
UPDATE snapshots SET state = 'building', reason = NULL WHERE id = $1::uuid AND state = 'failed'
