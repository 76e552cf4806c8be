-- Notes what came of comparing a snapshot with its mirror. $1: its id; $2 to $4: how many were compared, differed, were
-- repaired. Returns its number if that was news. Locks: the row. Repeats do nothing. Cost: one row.
UPDATE snapshots SET checked = $2::bigint, drifted = $3::bigint, repaired = $4::bigint
WHERE id = $1::uuid AND state = 'complete' AND checked IS NULL AND not_compared IS NULL
RETURNING number
