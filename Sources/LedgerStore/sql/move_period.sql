-- Moves the bounds of an open period. $1: the board; $2: its number; $3 and $4: start and end. Returns the period.
-- The definitions lock is held alone. Locks: the row. Repeats write the same. Cost: one row.
UPDATE periods SET starts_at = $3, ends_at = $4
WHERE board_id = $1 AND number = $2 AND state = 'open'
RETURNING board_id, number, label, starts_at, ends_at, state, reason, closed_at, frozen_at, snapshot_id
