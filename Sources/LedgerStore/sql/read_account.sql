-- One account and its user's name. $1, $2: user id and point type. Locks: none. Cost: two index look-ups.
SELECT a.user_id, a.point_type_id, a.balance, a.held, a.total_earned, a.total_spent, a.version, a.revision,
  a.last_transaction_at, a.earned_at, a.updated_at, u.display_name
FROM accounts a JOIN users u ON u.id = a.user_id
WHERE a.user_id = $1 AND a.point_type_id = $2
