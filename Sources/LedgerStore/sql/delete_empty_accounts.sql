-- Removes accounts that were created for postings which were refused: a refusal leaves nothing. $1, $2: accounts that
-- the caller holds locked. Repeats do nothing. Cost: one index look-up an account.
DELETE FROM accounts a
USING unnest($1::text[], $2::uuid[]) AS k (user_id, point_type_id)
WHERE a.user_id = k.user_id AND a.point_type_id = k.point_type_id AND a.version = 0
