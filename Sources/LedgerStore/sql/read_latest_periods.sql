-- The latest periods of each board that was not removed, whatever became of them, in order. $1: how many of each.
-- Locks: none. Cost: one index range a board.
SELECT p.board_id, p.number, p.label, p.starts_at, p.ends_at, p.state, p.reason, p.closed_at, p.frozen_at, p.snapshot_id
FROM boards b CROSS JOIN LATERAL (
  SELECT * FROM periods WHERE board_id = b.id ORDER BY number DESC LIMIT $1::bigint
) p
WHERE b.state <> 'removed'
ORDER BY b.number, p.number
