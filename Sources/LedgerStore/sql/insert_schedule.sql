-- Enters a schedule by which snapshots are taken. $1: its id; $2: name; $3: point type; $4 to $6: the board, its name
-- and category; $7: expression; $8: time zone; $9: source; $10: for how many days they are kept, or NULL for ever; $11:
-- when it is due first; $12: so many there may be. Returns it, or nothing if the name is taken or there are as many.
-- Locks: the row. Repeats do nothing. Cost: a small table.
INSERT INTO snapshot_schedules (id, name, point_type_id, board, board_name, category, expression, time_zone, source,
  keep_days, next_due_at)
SELECT $1::uuid, $2::text, $3::uuid, $4::text, $5::text, $6::text, $7::text, $8::text, $9::text, $10::integer,
  $11::timestamptz
WHERE (SELECT count(*) FROM snapshot_schedules) < $12::bigint
ON CONFLICT DO NOTHING
RETURNING id, name, point_type_id, board, board_name, category, expression, time_zone, source, keep_days, created_at,
  next_due_at, last_due_at, last_snapshot_id, last_refusal
