-- The periods that are not stored yet, of all boards that were not removed, in order; and of those that are, the ones
-- to which what was written since may belong: a board with grace counts where something happened. Of a board without
-- any that is not stored, the last one.
-- Locks: none. Cost: the open periods: some a board.
SELECT p.board_id, p.number, p.label, p.starts_at, p.ends_at, p.state, p.reason, p.closed_at, p.frozen_at, p.snapshot_id
FROM boards b
CROSS JOIN LATERAL (
  SELECT min(o.starts_at) AS first FROM periods o WHERE o.board_id = b.id AND o.state IN ('open', 'closing', 'failed')
) unsettled
CROSS JOIN LATERAL (SELECT max(l.number) AS number FROM periods l WHERE l.board_id = b.id) last
JOIN periods p ON p.board_id = b.id AND (p.state IN ('open', 'closing', 'failed')
  OR p.state = 'frozen' AND p.ends_at > unsettled.first - make_interval(secs => b.grace_seconds)
  OR unsettled.first IS NULL AND p.number = last.number)
WHERE b.state <> 'removed'
ORDER BY b.number, p.number
