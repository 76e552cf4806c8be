-- Says a board's display name and description anew. $1 to $3: id, display name, description. Returns the board.
-- Locks: the row. Repeats do nothing. Cost: one row.
UPDATE boards SET display_name = $2, description = $3, updated_at = greatest(updated_at, clock_timestamp())
WHERE id = $1 AND state <> 'removed'
RETURNING id, number, point_type_id, name, category, display_name, description, metric, only_categories,
  except_categories, counts_rewards, period, first_day, time_zone, grace_seconds, rank_style, ascending, min_score,
  min_count, enabled_only, state, created_at, updated_at
