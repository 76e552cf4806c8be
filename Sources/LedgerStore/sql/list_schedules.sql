-- Schedules by which snapshots are taken, in the order of their names. $1: the name of one, or NULL for all. Locks:
-- none. Cost: a small table.
SELECT id, name, point_type_id, board, board_name, category, expression, time_zone, source, keep_days, created_at,
  next_due_at, last_due_at, last_snapshot_id, last_refusal
FROM snapshot_schedules WHERE $1::text IS NULL OR name = $1::text
ORDER BY name
