-- A new board, unless one that was not removed has its name and category. $1 to $18: id, point type, name, category,
-- display name, description, metric, categories that count, categories that do not, whether rewards count, period,
-- first day, time zone, seconds of grace, rank style, ascending, least score, least count; $19 whether only the enabled
-- are listed. It is ready at once where its type has no account. Returns the board. The definitions lock is held alone.
-- Locks: the row. A repeat finds the name taken. Cost: two index look-ups.
INSERT INTO boards (
  id, point_type_id, name, category, display_name, description, metric, only_categories, except_categories,
  counts_rewards, period, first_day, time_zone, grace_seconds, rank_style, ascending, min_score, min_count,
  enabled_only, state)
SELECT $1::uuid, $2::uuid, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text[], $9::text[], $10::boolean,
  $11::text, $12::integer, $13::text, $14::integer, $15::text, $16::boolean, $17::bigint, $18::bigint, $19::boolean,
  CASE WHEN EXISTS (SELECT FROM accounts WHERE point_type_id = $2::uuid) THEN 'filling' ELSE 'ready' END
WHERE EXISTS (SELECT FROM point_types WHERE id = $2::uuid)
ON CONFLICT (name, category) WHERE state <> 'removed' DO NOTHING
RETURNING id, number, point_type_id, name, category, display_name, description, metric, only_categories,
  except_categories, counts_rewards, period, first_day, time_zone, grace_seconds, rank_style, ascending, min_score,
  min_count, enabled_only, state, created_at, updated_at
