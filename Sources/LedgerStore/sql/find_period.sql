-- One period of a board by its label. $1: the board; $2: the label. Locks: none. Cost: one index look-up.
SELECT board_id, number, label, starts_at, ends_at, state, reason, closed_at, frozen_at, snapshot_id
FROM periods WHERE board_id = $1 AND label = $2
