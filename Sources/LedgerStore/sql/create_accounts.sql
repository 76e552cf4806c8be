-- Creates the accounts that are missing, at version 0; one still at version 0 at the end is deleted before commit.
-- Users and types that do not exist get none. $1, $2: user ids and point types, sorted.
-- Returns how many were created. Locks: the users, in order, against a change of what is copied from them, and the rows
-- created; their types against deletion. Repeats do nothing. Cost: one index look-up an account, more for a new one.
INSERT INTO accounts (
  user_id, point_type_id, balance, held, total_earned, total_spent, version, revision, updated_at, display_name,
  user_enabled)
SELECT k.user_id, k.point_type_id, 0, 0, 0, 0, 0, 0, clock_timestamp(), u.display_name, u.enabled
FROM unnest($1::text[], $2::uuid[]) AS k (user_id, point_type_id)
JOIN users u ON u.id = k.user_id
WHERE NOT EXISTS (
    SELECT FROM accounts a WHERE a.user_id = k.user_id AND a.point_type_id = k.point_type_id)
  AND EXISTS (SELECT FROM point_types t WHERE t.id = k.point_type_id)
ORDER BY k.user_id COLLATE "C", k.point_type_id
FOR KEY SHARE OF u
ON CONFLICT DO NOTHING
