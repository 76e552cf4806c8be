-- The versions of the reversals of a transaction. $1: the transaction; $2: its user; $3: up to this version; $4:
-- written down before that instant; $5: how many at most. Locks: none. Cost: one index range.
SELECT version FROM transactions
WHERE reverses = $1::uuid AND user_id = $2::text AND version <= $3::bigint AND created_at < $4::timestamptz
ORDER BY version DESC LIMIT $5::bigint
