-- Periods that are closed and not stored, the earliest first, and those that failed behind the others. Of boards that
-- are being filled or stopped none is stored before they are whole again. $1: the most. Locks: none.
-- Cost: one index range of periods that are not stored.
SELECT p.board_id, p.number, p.label, p.starts_at, p.ends_at, p.state, p.reason, p.closed_at, p.frozen_at, p.snapshot_id
FROM periods p JOIN boards b ON b.id = p.board_id
WHERE p.state IN ('closing', 'failed') AND p.closed_at IS NOT NULL AND b.state = 'ready'
ORDER BY p.state = 'failed', p.ends_at, p.board_id LIMIT $1::bigint
