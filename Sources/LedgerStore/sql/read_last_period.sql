-- The last period of a board, whatever became of it. $1: the board. Locks: none. Cost: one index look-up.
SELECT board_id, number, label, starts_at, ends_at, state, reason, closed_at, frozen_at, snapshot_id
FROM periods WHERE board_id = $1 ORDER BY number DESC LIMIT 1
