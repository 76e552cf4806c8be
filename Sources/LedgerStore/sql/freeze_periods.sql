-- Says that periods are stored. $1: the boards; $2: the periods' numbers; $3: the snapshots. Returns the board and the
-- number of each of which that was news. Locks: the rows. Repeats do nothing. Cost: a row each.
UPDATE periods p SET state = 'frozen', frozen_at = clock_timestamp(), snapshot_id = s.snapshot, reason = NULL
FROM unnest($1::uuid[], $2::integer[], $3::uuid[]) AS s (board, number, snapshot) JOIN boards b ON b.id = s.board
WHERE p.board_id = s.board AND p.number = s.number AND p.state IN ('closing', 'failed') AND b.state = 'ready'
RETURNING p.board_id, p.number
