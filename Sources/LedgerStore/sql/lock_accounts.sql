-- Locks accounts and reads them. $1, $2: user ids and point types, sorted and each once.
-- Returns the rows that exist, in that order, and where they are: there they stay until the lock ends.
-- Locks: the rows, in the one order that everybody locks accounts in, so
-- no two transactions wait for each other. Cost: one index look-up and one lock an account.
SELECT a.user_id, a.point_type_id, a.balance, a.held, a.total_earned, a.total_spent, a.version, a.revision,
  a.last_transaction_at, a.earned_at, a.updated_at, a.slot_keys, a.slot_values, a.display_name, a.user_enabled, a.ctid
FROM unnest($1::text[], $2::uuid[]) AS k (user_id, point_type_id)
JOIN accounts a ON a.user_id = k.user_id AND a.point_type_id = k.point_type_id
ORDER BY a.user_id, a.point_type_id
FOR NO KEY UPDATE OF a
