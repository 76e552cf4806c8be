-- Appends transactions. $1: the rows.
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
FROM unnest($1::transaction_row[])
