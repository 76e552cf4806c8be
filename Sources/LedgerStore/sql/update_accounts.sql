-- Writes accounts as they were decided. $1: where the caller locked the rows, so that no index is asked again; the
-- others: one array for each column. Which row is at a place is compared all the same, and if any was not there the
-- division fails, and with it the transaction: a ledger with transactions that its accounts do not know would be worse.
-- A repeat finds nothing at these places any more. Locks: none beyond the caller's.
-- Cost: one row in place (HOT) an account.
WITH changed AS (
  UPDATE accounts a
  SET balance = c.balance, held = c.held, total_earned = c.total_earned, total_spent = c.total_spent,
    version = c.version, revision = c.revision, last_transaction_at = c.last_transaction_at, earned_at = c.earned_at,
    updated_at = c.updated_at
  FROM unnest(
    $1::tid[], $2::text[], $3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
    $9::bigint[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[])
  AS c (
    place, user_id, point_type_id, balance, held, total_earned, total_spent, version, revision, last_transaction_at,
    earned_at, updated_at)
  WHERE a.ctid = c.place AND a.user_id = c.user_id AND a.point_type_id = c.point_type_id
  RETURNING 1
)
SELECT 1 / (count(*) = cardinality($1::tid[]))::int FROM changed
