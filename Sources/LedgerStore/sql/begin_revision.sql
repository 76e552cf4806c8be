-- Begins a revision: a snapshot that shows what another shows, in the same order, and is kept for as long. $1: its id;
-- $2: the snapshot before; $3: why; $4: by whom. Returns its number. Locks: the row; waits for another who revises the
-- same. A repeat collides with what is there. Cost: one row.
INSERT INTO snapshots (id, point_type_id, board, board_name, category, period_number, period_label, purpose, source,
  slot_key, min_score, min_count, enabled_only, rank_style, ascending, as_of, taken_at, position, keep_until, revises,
  original, original_purpose, revision, why, revised_by)
SELECT $1::uuid, point_type_id, board, board_name, category, period_number, period_label, 'revision', source,
  slot_key, min_score, min_count, enabled_only, rank_style, ascending, as_of, taken_at, position, keep_until, id,
  coalesce(original, id), coalesce(original_purpose, purpose), revision + 1, $3::text, $4::text
FROM snapshots WHERE id = $2::uuid AND state = 'complete'
RETURNING number
