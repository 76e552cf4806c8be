-- Periods of a board, the newest first; those that are stored with the snapshot that they are shown by now, which is
-- the newest revision, and with how far the last payout for any of them is, and why it failed. $1: the board; $2: the
-- number before which the page begins; $3: how many; $4: only those that have begun. Locks: none. Cost: one index
-- range, and two look-ups each.
SELECT p.board_id, p.number, p.label, p.starts_at, p.ends_at,
  CASE WHEN payout.phase = 'waiting' THEN 'paying' ELSE coalesce(payout.phase, p.state) END,
  CASE WHEN payout.phase = 'failed' THEN payout.reason ELSE p.reason END,
  p.closed_at, p.frozen_at, shown.id
FROM periods p
CROSS JOIN LATERAL (
  SELECT coalesce(
    (SELECT r.id FROM snapshots r WHERE r.original = p.snapshot_id ORDER BY r.revision DESC LIMIT 1),
    p.snapshot_id) AS id
) AS shown
LEFT JOIN LATERAL (
  SELECT d.phase, d.reason FROM distributions d WHERE d.original = p.snapshot_id AND d.phase <> 'rejected'
  ORDER BY d.number DESC LIMIT 1
) AS payout ON true
WHERE p.board_id = $1 AND p.number < $2::bigint AND (NOT $4::boolean OR p.starts_at <= clock_timestamp())
ORDER BY p.number DESC LIMIT $3::bigint
