-- Creates rows for users who have none, for accounts can only belong to users. $1: user ids, sorted.
-- Returns the ids of the rows created. Locks: the rows created, in order of id; waits for another transaction that
-- creates one of them. Repeats do nothing. Cost: one index look-up a user.
INSERT INTO users (id)
SELECT k.user_id FROM unnest($1::text[]) AS k (user_id)
WHERE NOT EXISTS (SELECT FROM users u WHERE u.id = k.user_id)
ORDER BY k.user_id COLLATE "C"
ON CONFLICT DO NOTHING
RETURNING id
