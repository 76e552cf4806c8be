-- A page of the accounts of a point type that a new board is filled for. $1: the type; $2: the user after whom the page
-- begins; $3: how many. Returns the users and how many transactions each has, in order. Locks: none.
-- Cost: one index range, one look-up each.
SELECT user_id, version FROM accounts
WHERE point_type_id = $1::uuid AND user_id > $2::text
ORDER BY user_id LIMIT $3::bigint
