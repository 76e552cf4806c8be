-- Writes accounts as they were decided. $1 to $10: one array for each column, the first of them where the rows are.
-- The rows are locked by the caller, so they are still there; finding them so spares an index look-up each.
-- A repeat finds nothing at these places any more. Cost: one row in place (HOT) an account.
UPDATE accounts a
SET balance = c.balance, held = c.held, total_earned = c.total_earned, total_spent = c.total_spent,
  version = c.version, revision = c.revision, last_transaction_at = c.last_transaction_at, earned_at = c.earned_at,
  updated_at = c.updated_at
FROM unnest(
  $1::tid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::timestamptz[],
  $9::timestamptz[], $10::timestamptz[])
AS c (
  place, balance, held, total_earned, total_spent, version, revision, last_transaction_at, earned_at, updated_at)
WHERE a.ctid = c.place
