-- Periods of a board, the newest first. $1: the board; $2: the number before which the page begins; $3: how many; $4:
-- only those that have begun. Locks: none. Cost: one index range.
SELECT board_id, number, label, starts_at, ends_at, state, reason, closed_at, frozen_at, snapshot_id
FROM periods
WHERE board_id = $1 AND number < $2::bigint AND (NOT $4::boolean OR starts_at <= clock_timestamp())
ORDER BY number DESC LIMIT $3::bigint
