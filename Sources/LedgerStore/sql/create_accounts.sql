-- Creates the accounts that are missing, at version 0; one still at version 0 at the end is deleted before commit.
-- Users and types that do not exist get none. $1, $2: user ids and point types, sorted.
-- Returns how many were created. Locks: the rows created, in order; their users and types against deletion. Repeats
-- do nothing. Cost: one index look-up an account.
INSERT INTO accounts (user_id, point_type_id, balance, held, total_earned, total_spent, version, revision, updated_at)
SELECT k.user_id, k.point_type_id, 0, 0, 0, 0, 0, 0, clock_timestamp()
FROM unnest($1::text[], $2::uuid[]) AS k (user_id, point_type_id)
WHERE NOT EXISTS (
    SELECT FROM accounts a WHERE a.user_id = k.user_id AND a.point_type_id = k.point_type_id)
  AND EXISTS (SELECT FROM users u WHERE u.id = k.user_id)
  AND EXISTS (SELECT FROM point_types t WHERE t.id = k.point_type_id)
ORDER BY k.user_id COLLATE "C", k.point_type_id
ON CONFLICT DO NOTHING
