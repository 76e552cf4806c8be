-- Says that a period is stored. $1: the board; $2: its number; $3: the snapshot. Returns its number if that was news.
-- Locks: the row. Repeats do nothing. Cost: one row.
UPDATE periods SET state = 'frozen', frozen_at = clock_timestamp(), snapshot_id = $3, reason = NULL
WHERE board_id = $1 AND number = $2 AND state IN ('closing', 'failed')
  AND EXISTS (SELECT FROM boards b WHERE b.id = board_id AND b.state = 'ready')
RETURNING number
