-- Holds a snapshot as it is, to make a revision of it, or to pay for it: of two who do, the second waits for the first,
-- and nothing of it is removed meanwhile. $1: its id. Returns its row. Locks: the row; waits for whoever holds it.
-- Cost: one row.
SELECT id, number, point_type_id, board, board_name, category, period_number, period_label, purpose, source, slot_key,
  min_score, min_count, enabled_only, rank_style, ascending, as_of, keep_until, state, reason, began_at, taken_at,
  position, members, score_sum::text, digest, checked, drifted, repaired, removed_at,
  schedule_id, schedule_name, due_at, not_compared, attempts, revises, original, original_purpose, revision
FROM snapshots WHERE id = $1::uuid FOR NO KEY UPDATE
