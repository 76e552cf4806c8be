-- Writes accounts as they were decided. $1: the rows, each with where the caller locked it, so that no index is asked
-- again. Which row is at a place is compared all the same, and if any was not there the division fails, and with it
-- the transaction: a ledger with transactions that its accounts do not know would be worse.
-- A repeat finds nothing at these places any more. Locks: none beyond the caller's.
-- Cost: one row in place (HOT) an account.
WITH changed AS (
  UPDATE accounts a
  SET balance = c.balance, held = c.held, total_earned = c.total_earned, total_spent = c.total_spent,
    version = c.version, revision = c.revision, last_transaction_at = c.last_transaction_at, earned_at = c.earned_at,
    updated_at = c.updated_at, slot_keys = c.slot_keys, slot_values = c.slot_values
  FROM unnest($1::account_state[]) AS c
  WHERE a.ctid = c.place AND a.user_id = c.user_id AND a.point_type_id = c.point_type_id
  RETURNING 1
)
SELECT 1 / (count(*) = cardinality($1::account_state[]))::int FROM changed
