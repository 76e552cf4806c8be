-- Copies what accounts show of their user, which mirrors must learn though no figure of theirs changed.
-- $1 to $3: user id, display name, enabled. Returns the accounts afterwards, in no order.
-- Locks: none beyond the caller's. Cost: one row in place (HOT) an account.
UPDATE accounts a SET revision = a.revision + 1, updated_at = greatest(a.updated_at, clock_timestamp()),
  display_name = $2, user_enabled = $3
WHERE a.user_id = $1
RETURNING a.user_id, a.point_type_id, a.balance, a.held, a.total_earned, a.total_spent, a.version, a.revision,
  a.last_transaction_at, a.earned_at, a.updated_at, a.slot_keys, a.slot_values, a.display_name, a.user_enabled
