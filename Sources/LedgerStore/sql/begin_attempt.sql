-- Begins anew to take a snapshot that is being built: from here on nothing counts that was read of a mirror under a
-- number before. $1: its id. Returns its row, or nothing if it is not being built. Locks: the row; waits for whoever
-- seals it. A repeat is another attempt. Cost: one row.
UPDATE snapshots SET attempts = attempts + 1, tried_at = clock_timestamp()
WHERE id = $1::uuid AND state = 'building'
RETURNING id, number, point_type_id, board, board_name, category, period_number, period_label, purpose, source,
  slot_key, min_score, min_count, enabled_only, rank_style, ascending, as_of, keep_until, state, reason, began_at,
  taken_at, position, members, score_sum::text, digest, checked, drifted, repaired, removed_at,
  schedule_id, schedule_name, due_at, not_compared, attempts, revises, original, original_purpose, revision
