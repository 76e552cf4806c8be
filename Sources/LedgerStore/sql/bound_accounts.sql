-- Where a page of all accounts ends, in the order of users and point types. $1, $2: the account before the page;
-- $3: how many belong to it. Returns the last of them, or nothing if there are not so many.
-- Locks: none. Cost: one range of the primary key.
SELECT user_id, point_type_id FROM accounts
WHERE (user_id, point_type_id) > ($1::text, $2::uuid)
ORDER BY user_id, point_type_id
OFFSET $3::bigint - 1 LIMIT 1
