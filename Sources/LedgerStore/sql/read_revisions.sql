-- The line of a snapshot, the newest first, down to the original. $1: the id of the first of the line; $2: revisions
-- below this; $3: how many. Returns each with why it was made and by whom. Locks: none. Cost: one range of an index.
SELECT id, number, point_type_id, board, board_name, category, period_number, period_label, purpose, source, slot_key,
  min_score, min_count, enabled_only, rank_style, ascending, as_of, keep_until, state, reason, began_at, taken_at,
  position, members, score_sum::text, digest, checked, drifted, repaired, removed_at,
  schedule_id, schedule_name, due_at, not_compared, attempts, revises, original, original_purpose, revision,
  why, revised_by
FROM snapshots WHERE (id = $1::uuid OR original = $1::uuid) AND revision < $2::integer
ORDER BY revision DESC LIMIT $3::bigint
