-- Seals a snapshot with what it comes to. $1: its number. Returns its row. Locks: the row. A repeat finds it sealed.
-- Cost: all entries, about 0.8 s a million.
UPDATE snapshots s
SET state = 'complete', members = c.members, score_sum = c.score_sum, digest = c.digest
FROM snapshot_contents($1::integer) AS c
WHERE s.number = $1::integer AND s.state = 'building'
RETURNING id, number, point_type_id, board, board_name, category, period_number, period_label, purpose, source,
  slot_key, min_score, min_count, enabled_only, rank_style, ascending, as_of, keep_until, state, reason, began_at,
  taken_at, position, s.members, s.score_sum::text, s.digest, checked, drifted, repaired, removed_at,
  schedule_id, schedule_name, due_at, not_compared, attempts, revises, original, original_purpose, revision
