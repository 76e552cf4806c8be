-- Says how long a snapshot is kept. $1: its id; $2: until when at least, or NULL for ever. Returns its number, or
-- nothing if it is gone already. Locks: the row. Repeats change nothing. Cost: one row.
UPDATE snapshots SET keep_until = $2::timestamptz WHERE id = $1::uuid AND state <> 'expired' RETURNING number
