-- Closes of boards whose terms at the end of the period said that it is paid by itself, and for which nothing was ever
-- planned; the oldest first. Of what ended more than 400 days ago nobody expects that any more. $1: how many.
-- Locks: none. Cost: the boards that are paid so, and for each its closes of that time.
SELECT s.id, s.number, s.point_type_id, s.board, s.board_name, s.category, s.period_number, s.period_label, s.purpose,
  s.source, s.slot_key, s.min_score, s.min_count, s.enabled_only, s.rank_style, s.ascending, s.as_of, s.keep_until,
  s.state, s.reason, s.began_at, s.taken_at, s.position, s.members, s.score_sum::text, s.digest, s.checked, s.drifted,
  s.repaired, s.removed_at, s.schedule_id, s.schedule_name, s.due_at, s.not_compared, s.attempts,
  s.revises, s.original, s.original_purpose, s.revision
FROM reward_terms t
JOIN snapshots s ON s.point_type_id = t.point_type_id AND s.board = t.board
WHERE t.automatic AND s.purpose = 'close' AND s.state = 'complete'
  AND s.as_of > clock_timestamp() - interval '400 days'
  AND t.valid_from <= s.as_of AND (t.valid_until IS NULL OR t.valid_until > s.as_of)
  AND NOT EXISTS (SELECT FROM distributions d WHERE d.snapshot_id = s.id)
  -- Of ranks that were corrected first the newest are for somebody to look at.
  AND NOT EXISTS (SELECT FROM snapshots r WHERE r.revises = s.id)
ORDER BY s.as_of LIMIT $1::bigint
