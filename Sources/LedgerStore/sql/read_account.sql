-- One account. $1, $2: user id and point type. Locks: none. Cost: one index look-up.
SELECT a.user_id, a.point_type_id, a.balance, a.held, a.total_earned, a.total_spent, a.version, a.revision,
  a.last_transaction_at, a.earned_at, a.updated_at, a.slot_keys, a.slot_values, a.display_name, a.user_enabled
FROM accounts a
WHERE a.user_id = $1 AND a.point_type_id = $2
