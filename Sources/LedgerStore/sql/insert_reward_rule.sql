-- Adds what a rule of rewards says from now on. $1: its id; $2: revision; $3: point type; $4: board, or NULL; $5: name,
-- or NULL; $6, $7: the first and the last rank, or NULL; $8, $9: hundredths of a percent, or NULL; $10: whether it is
-- active; $11: since when; $12: by whom. The caller holds the lock of rewards, and has ended what was said before.
-- Returns nothing. Locks: the row. A repeat is refused. Cost: one row and its index entries.
INSERT INTO reward_rules (rule_id, revision, point_type_id, board, name, min_rank, max_rank, above_share, top_share,
  active, valid_from, decided_by)
VALUES ($1::uuid, $2::integer, $3::uuid, $4::text, $5::text, $6::bigint, $7::bigint, $8::bigint, $9::bigint,
  $10::boolean, $11::timestamptz, $12::text)
