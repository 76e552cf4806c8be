-- Accounts as they are now. $1, $2: user ids and point types. Those that do not exist are left out.
-- OFFSET 0 keeps it one look-up an account: a plan made while the table was small would scan it whole.
-- Locks: none. Cost: that.
SELECT a.user_id, a.point_type_id, a.balance, a.held, a.total_earned, a.total_spent, a.version, a.revision,
  a.last_transaction_at, a.earned_at, a.updated_at, a.slot_keys, a.slot_values, a.display_name, a.user_enabled
FROM unnest($1::text[], $2::uuid[]) AS k (user_id, point_type_id)
CROSS JOIN LATERAL (
  SELECT * FROM accounts WHERE user_id = k.user_id AND point_type_id = k.point_type_id OFFSET 0
) AS a
