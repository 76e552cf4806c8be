-- Transactions in the order in which they lie, for their chains to be followed. $1, $2: the places from which and
-- before which; $3: the types, none for all; $4, $5: of the accounts those whose hash, masked by $4, is $5; $6: the
-- seed of the hashes. Returns the account's hash, then the link: version, what it is (8 for a debit, and by kind 1 a
-- reversal, 2 a refund, 3 what is never earned, 4 what is spent), amount, before, after, totals and time; and the id
-- of what reverses. Which totals follow from which kind is said by Effect.swift. Locks: none.
-- Cost: the pages between the places, each once and in order, 0.5 us a transaction; so it does not matter in what
-- order accounts were written.
SELECT h.hash, t.version::bigint,
  CASE t.type WHEN 'credit' THEN 0 ELSE 8 END + CASE t.kind
    WHEN 'reversal' THEN 1 WHEN 'refund' THEN 2 WHEN 'adjustment' THEN 3 WHEN 'penalty' THEN 3
    WHEN 'purchase' THEN 4 WHEN 'redemption' THEN 4 ELSE 0 END,
  t.amount::bigint, t.before::bigint, t.after::bigint, t.total_earned::bigint, t.total_spent::bigint, t.created_at,
  CASE t.kind WHEN 'reversal' THEN t.id END
FROM transactions t
CROSS JOIN LATERAL (SELECT hashtextextended(t.user_id, uuid_hash_extended(t.point_type_id, $6::bigint)) AS hash) h
WHERE t.ctid >= $1::tid AND t.ctid < $2::tid
  AND (cardinality($3::uuid[]) = 0 OR t.point_type_id = ANY ($3::uuid[]))
  AND h.hash & $4::bigint = $5::bigint
