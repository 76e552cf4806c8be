-- What a payout has taken back of a transaction so far. $1: its number; $2: the transaction. Locks: none. Cost: the
-- reversals of the transaction.
SELECT coalesce(sum(t.amount), 0)::bigint
FROM transactions t
JOIN distribution_chunks c ON c.posting_id = overlay(t.id::text PLACING '0000' FROM 33)::uuid
WHERE t.reverses = $2::uuid AND c.distribution_number = $1::integer
