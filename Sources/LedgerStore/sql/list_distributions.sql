-- The payouts, the last planned first. $1: of one point type's boards, or NULL for all; $2: for one snapshot, or NULL;
-- $3: in these phases, or in any if there are none; $4: numbers below this; $5: how many. Locks: none. Cost: an index
-- from there on, as far as the page reaches, and the chunks of each.
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
WHERE d.number < $4::integer AND ($1::uuid IS NULL OR d.point_type_id = $1::uuid)
  AND ($2::uuid IS NULL OR d.snapshot_id = $2::uuid)
  AND (cardinality($3::text[]) = 0 OR d.phase = ANY ($3::text[]))
ORDER BY d.number DESC LIMIT $5::bigint
