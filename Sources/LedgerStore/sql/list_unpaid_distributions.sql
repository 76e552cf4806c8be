-- Payouts that are to go on, the first planned first. $1: how many; $2: but these. Locks: none. Cost: an index of those alone.
SELECT d.id, d.number, d.snapshot_id, d.rules_at, d.ties, d.needs_approval, d.is_correction, d.winners, d.legs,
  d.tied_scores, d.tied_users, d.hash, d.phase, d.reason, d.planned_at, d.planned_by, d.planner, d.decided_at,
  d.decided_by, d.decider, d.executed_at, s.point_type_id, s.board, s.board_name, s.category, s.period_number,
  s.period_label, progress.credited, progress.refused
FROM distributions d
JOIN snapshots s ON s.id = d.snapshot_id
CROSS JOIN LATERAL (
  SELECT coalesce(sum(c.credited), 0)::bigint AS credited,
    (coalesce(sum(c.refused), 0)
      - count(*) FILTER (WHERE c.attempt > 1 AND c.settled_at IS NOT NULL))::bigint AS refused
  FROM distribution_chunks c WHERE c.distribution_number = d.number
) progress
WHERE d.phase = 'paying' AND d.number <> ALL ($2::integer[])
ORDER BY d.number LIMIT $1::bigint
