-- Appends transactions. One array for each column, in the order of the table.
-- A repeat is refused by the primary key and by (account, version). Locks: none beyond the rows.
-- Cost: three index entries a row, a fourth for a reversal.
INSERT INTO transactions (
  id, user_id, point_type_id, version, type, amount, before, after, total_earned, total_spent, kind, category, reason,
  description, actor, validator_id, related_to, tournament_id, registration_id, reverses, metadata, occurred_at,
  created_at, created_by)
SELECT
  id, user_id, point_type_id, version, type::transaction_type, amount, before, after, total_earned, total_spent, kind,
  category, reason, description, actor, validator_id, related_to, tournament_id, registration_id, reverses,
  metadata::json, occurred_at, created_at, created_by
FROM unnest(
  $1::uuid[], $2::text[], $3::uuid[], $4::bigint[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[],
  $10::bigint[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[],
  $18::text[], $19::text[], $20::uuid[], $21::text[], $22::timestamptz[], $23::timestamptz[], $24::uuid[])
AS t (
  id, user_id, point_type_id, version, type, amount, before, after, total_earned, total_spent, kind, category, reason,
  description, actor, validator_id, related_to, tournament_id, registration_id, reverses, metadata, occurred_at,
  created_at, created_by)
