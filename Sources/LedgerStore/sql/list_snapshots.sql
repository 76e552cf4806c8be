-- Snapshots of every state, the last begun first. $1: of one point type, or NULL for all; $2: of one board, or NULL;
-- $3: numbers below this; $4: how many. Locks: none. Cost: an index from there on, as far as the page reaches.
SELECT id, number, point_type_id, board, board_name, category, period_number, period_label, purpose, source, slot_key,
  min_score, min_count, enabled_only, rank_style, ascending, as_of, keep_until, state, reason, began_at, taken_at,
  position, members, score_sum::text, digest, checked, drifted, repaired, removed_at,
  schedule_id, schedule_name, due_at, not_compared, attempts, revises, original, original_purpose, revision
FROM snapshots
WHERE number < $3::integer AND ($1::uuid IS NULL OR point_type_id = $1::uuid)
  AND ($2::text IS NULL OR board = $2::text)
ORDER BY number DESC LIMIT $4::bigint
