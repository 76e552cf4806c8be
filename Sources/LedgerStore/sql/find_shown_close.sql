-- The snapshot that a closed period is shown by: the newest revision of its close, or that itself. $1: the board; $2:
-- the period's number. Locks: none. Cost: three index look-ups.
WITH close AS MATERIALIZED (
  SELECT id FROM snapshots WHERE board = $1::text AND period_number = $2::integer AND purpose = 'close'
)
SELECT id, number, point_type_id, board, board_name, category, period_number, period_label, purpose, source, slot_key,
  min_score, min_count, enabled_only, rank_style, ascending, as_of, keep_until, state, reason, began_at, taken_at,
  position, members, score_sum::text, digest, checked, drifted, repaired, removed_at,
  schedule_id, schedule_name, due_at, not_compared, attempts, revises, original, original_purpose, revision
FROM snapshots WHERE id = coalesce(
  (SELECT id FROM snapshots WHERE original = (SELECT id FROM close) ORDER BY revision DESC LIMIT 1),
  (SELECT id FROM close))
