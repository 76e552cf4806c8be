-- Writes accounts as they were decided. $1 to $10: one array for each column. The rows are locked by the caller.
-- A repeat writes the same values. Cost: one index look-up and one row in place (HOT) an account.
UPDATE accounts a
SET balance = c.balance, held = c.held, total_earned = c.total_earned, total_spent = c.total_spent,
  version = c.version, revision = c.revision, last_transaction_at = c.last_transaction_at, earned_at = c.earned_at,
  updated_at = c.updated_at
FROM unnest(
  $1::text[], $2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
  $9::timestamptz[], $10::timestamptz[], $11::timestamptz[])
AS c (
  user_id, point_type_id, balance, held, total_earned, total_spent, version, revision, last_transaction_at, earned_at,
  updated_at)
WHERE a.user_id = c.user_id AND a.point_type_id = c.point_type_id
