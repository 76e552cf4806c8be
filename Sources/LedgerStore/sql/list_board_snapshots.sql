-- The complete snapshots of a board, the newest first by the instant they show; of those that were revised, the newest
-- revision. $1, $2: point type and board; $3: of one purpose, or NULL; $4, $5: those before this instant and number;
-- $6: how many. Locks: none. Cost: one range of an index, and a look-up each.
SELECT id, number, point_type_id, board, board_name, category, period_number, period_label, purpose, source, slot_key,
  min_score, min_count, enabled_only, rank_style, ascending, as_of, keep_until, state, reason, began_at, taken_at,
  position, members, score_sum::text, digest, checked, drifted, repaired, removed_at,
  schedule_id, schedule_name, due_at, not_compared, attempts, revises, original, original_purpose, revision
FROM snapshots s
WHERE point_type_id = $1::uuid AND board = $2::text AND state = 'complete'
  AND ($3::text IS NULL OR coalesce(original_purpose, purpose) = $3::text)
  AND (as_of, number) < ($4::timestamptz, $5::integer)
  -- OFFSET 0 keeps it a look-up for each: planned as a join it reads all snapshots there are.
  AND NOT EXISTS (SELECT FROM snapshots r WHERE r.revises = s.id OFFSET 0)
ORDER BY as_of DESC, number DESC LIMIT $6::bigint
