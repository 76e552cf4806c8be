-- Schedules that are due, the longest due first. $1: by what time. Locks: none. Cost: one range of an index.
SELECT id, name, point_type_id, board, board_name, category, expression, time_zone, source, keep_days, created_at,
  next_due_at, last_due_at, last_snapshot_id, last_refusal
FROM snapshot_schedules WHERE next_due_at <= $1::timestamptz
ORDER BY next_due_at, name
