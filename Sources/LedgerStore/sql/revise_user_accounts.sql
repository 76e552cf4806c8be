-- Says that something about a user's accounts has changed that mirrors show, though no figure of theirs did.
-- $1: user id. Returns the accounts afterwards, in no order. The rows are locked by the caller.
-- Cost: one row in place (HOT) an account.
UPDATE accounts a SET revision = a.revision + 1, updated_at = greatest(a.updated_at, clock_timestamp())
WHERE a.user_id = $1
RETURNING a.user_id, a.point_type_id, a.balance, a.held, a.total_earned, a.total_spent, a.version, a.revision,
  a.last_transaction_at, a.earned_at, a.updated_at
