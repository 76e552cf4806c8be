-- A page of all accounts of a point type, with their users' names, in the order of user ids. $1: the type; $2: the user
-- after whom the page begins, empty for the first; $3: how many. The users are bounded too, or a merge would begin with
-- the first user for every page. Locks: none. Cost: one index range, two look-ups each.
SELECT a.user_id, a.point_type_id, a.balance, a.held, a.total_earned, a.total_spent, a.version, a.revision,
  a.last_transaction_at, a.earned_at, a.updated_at, u.display_name
FROM accounts a
JOIN users u ON u.id = a.user_id
WHERE a.point_type_id = $1::uuid AND a.user_id > $2::text AND u.id > $2::text
ORDER BY a.user_id
LIMIT $3::bigint
