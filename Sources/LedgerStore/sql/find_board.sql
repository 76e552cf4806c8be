-- One board by its id, as it is under the definitions lock. $1: id. Locks: none. Cost: one index look-up.
SELECT id, number, point_type_id, name, category, display_name, description, metric, only_categories, except_categories,
  counts_rewards, period, first_day, time_zone, grace_seconds, rank_style, ascending, min_score, min_count,
  enabled_only, state, created_at, updated_at
FROM boards WHERE id = $1
