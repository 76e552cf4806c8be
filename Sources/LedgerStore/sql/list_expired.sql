-- Snapshots whose time is over and which are not removed yet, or not wholly, the longest over first. $1: how many.
-- Locks: none. Cost: one range of an index.
SELECT id, number, point_type_id, board, board_name, category, period_number, period_label, purpose, source, slot_key,
  min_score, min_count, enabled_only, rank_style, ascending, as_of, keep_until, state, reason, began_at, taken_at,
  position, members, score_sum::text, digest, checked, drifted, repaired, removed_at,
  schedule_id, schedule_name, due_at, not_compared, attempts, revises, original, original_purpose, revision
FROM snapshots
WHERE state IN ('complete', 'expired') AND removed_at IS NULL AND keep_until <= clock_timestamp()
ORDER BY keep_until LIMIT $1::bigint
