-- All accounts of a user. $1: user id. Locks: none. Cost: one index range.
SELECT a.user_id, a.point_type_id, a.balance, a.held, a.total_earned, a.total_spent, a.version, a.revision,
  a.last_transaction_at, a.earned_at, a.updated_at, a.slot_keys, a.slot_values, a.display_name, a.user_enabled
FROM accounts a
WHERE a.user_id = $1
ORDER BY a.point_type_id
