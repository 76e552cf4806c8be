-- Every board that was not removed. Locks: none. Cost: one small table.
SELECT id, number, point_type_id, name, category, display_name, description, metric, only_categories, except_categories,
  counts_rewards, period, first_day, time_zone, grace_seconds, rank_style, ascending, min_score, min_count,
  enabled_only, state, created_at, updated_at
FROM boards WHERE state <> 'removed'
ORDER BY number
