-- Says that a snapshot is to be taken, and of what, so that whoever finds it unfinished can finish it. $1: its id; $2:
-- the point type; $3 to $5: the board, its name and category; $6, $7: number and label of the period; $8: purpose; $9:
-- source; $10: the slot of the accounts; $11 to $13: least score, least count, whether enabled users only; $14, $15:
-- style of ranks, whether ascending; $16: the instant that it shows; $17: how long it is kept; $18 to $20: the
-- schedule, its name, and when it was due. Returns nothing. Locks: the row; waits for another who begins the same.
-- Repeats do nothing: of the same id, of another close of the same period, or of the same instant of a schedule.
-- Cost: one row.
INSERT INTO snapshots (id, point_type_id, board, board_name, category, period_number, period_label, purpose, source,
  slot_key, min_score, min_count, enabled_only, rank_style, ascending, as_of, keep_until, schedule_id,
  schedule_name, due_at)
VALUES ($1::uuid, $2::uuid, $3::text, $4::text, $5::text, $6::integer, $7::text, $8::text, $9::text, $10::bigint,
  $11::bigint, $12::bigint, $13::boolean, $14::text, $15::boolean, $16::timestamptz, $17::timestamptz,
  $18::uuid, $19::text, $20::timestamptz)
ON CONFLICT DO NOTHING
