-- Accounts as they are now, with their users' names. $1, $2: user ids and point types. Those that do not exist are left
-- out. Locks: none. Cost: two index look-ups an account.
SELECT a.user_id, a.point_type_id, a.balance, a.held, a.total_earned, a.total_spent, a.version, a.revision,
  a.last_transaction_at, a.earned_at, a.updated_at, u.display_name
FROM unnest($1::text[], $2::uuid[]) AS k (user_id, point_type_id)
JOIN accounts a ON a.user_id = k.user_id AND a.point_type_id = k.point_type_id
JOIN users u ON u.id = a.user_id
