-- Periods of a board, the newest first; those that are stored with the snapshot that they are shown by now, which is the
-- newest revision. $1: the board; $2: the number before which the page begins; $3: how many; $4: only those that have
-- begun. Locks: none. Cost: one index range, and a look-up each.
SELECT board_id, number, label, starts_at, ends_at, state, reason, closed_at, frozen_at, coalesce(
  (SELECT r.id FROM snapshots r WHERE r.original = snapshot_id ORDER BY r.revision DESC LIMIT 1), snapshot_id)
FROM periods
WHERE board_id = $1 AND number < $2::bigint AND (NOT $4::boolean OR starts_at <= clock_timestamp())
ORDER BY number DESC LIMIT $3::bigint
