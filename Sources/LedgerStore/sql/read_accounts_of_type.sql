-- A page of all accounts of a point type, in the order of user ids. $1: the type; $2: the user after whom the page
-- begins, empty for the first; $3: how many. Locks: none. Cost: one index range, one look-up each.
SELECT a.user_id, a.point_type_id, a.balance, a.held, a.total_earned, a.total_spent, a.version, a.revision,
  a.last_transaction_at, a.earned_at, a.updated_at, a.slot_keys, a.slot_values, a.display_name, a.user_enabled
FROM accounts a
WHERE a.point_type_id = $1::uuid AND a.user_id > $2::text
ORDER BY a.user_id
LIMIT $3::bigint
