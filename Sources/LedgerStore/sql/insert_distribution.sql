-- Enters a payout. $1: its id; $2: the snapshot; $3: when the rules were in force; $4: how ties are settled; $5:
-- whether it waits for approval; $6: whether it corrects; $7 to $10: winners, lines, scores and users that are tied;
-- $11: hash; $12: phase; $13: why, where it failed; $14, $15: who asked. Returns its number. Locks: the row. A second
-- one for the same ranks is refused (23505).
INSERT INTO distributions (id, snapshot_id, point_type_id, board, period_number, rules_at, ties, needs_approval,
  is_correction, winners, legs, tied_scores, tied_users, hash, phase, reason, planned_by, planner)
SELECT $1::uuid, s.id, s.point_type_id, s.board, s.period_number, $3::timestamptz, $4::text, $5::boolean, $6::boolean,
  $7::integer, $8::integer, $9::integer, $10::integer, $11::bytea, $12::text, $13::text, $14::uuid, $15::text
FROM snapshots s WHERE s.id = $2::uuid
RETURNING number
