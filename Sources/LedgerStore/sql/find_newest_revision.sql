-- The newest of the line that a snapshot is in: itself where it was never revised. $1: the id of the first of the line.
-- Locks: none. Cost: two index look-ups.
SELECT id, number, point_type_id, board, board_name, category, period_number, period_label, purpose, source, slot_key,
  min_score, min_count, enabled_only, rank_style, ascending, as_of, keep_until, state, reason, began_at, taken_at,
  position, members, score_sum::text, digest, checked, drifted, repaired, removed_at,
  schedule_id, schedule_name, due_at, not_compared, attempts, revises, original, original_purpose, revision
FROM snapshots WHERE id = coalesce(
  (SELECT id FROM snapshots WHERE original = $1::uuid ORDER BY revision DESC LIMIT 1), $1::uuid)
