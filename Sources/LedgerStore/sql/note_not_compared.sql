-- Notes why a snapshot was not compared with its mirror. $1: its id; $2: why. Returns its number if that was news.
-- Locks: the row. Repeats do nothing. Cost: one row.
UPDATE snapshots SET not_compared = left($2::text, 500)
WHERE id = $1::uuid AND state = 'complete' AND checked IS NULL AND not_compared IS NULL
RETURNING number
