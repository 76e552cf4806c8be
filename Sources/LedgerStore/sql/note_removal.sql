-- Notes that all entries of a snapshot are gone. $1: its id. Returns nothing. Locks: the row. Repeats do nothing.
-- Cost: one row.
UPDATE snapshots SET removed_at = clock_timestamp() WHERE id = $1::uuid AND state = 'expired' AND removed_at IS NULL
