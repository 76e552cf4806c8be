-- Periods that are closed and not stored, the earliest first. $1: the most. Returns the board and the period.
-- Locks: none. Cost: one index range.
SELECT board_id, number, label, starts_at, ends_at, state, reason, closed_at, frozen_at, snapshot_id
FROM periods WHERE state IN ('closing', 'failed') AND closed_at IS NOT NULL
ORDER BY ends_at, board_id LIMIT $1::bigint
