-- How much of transactions has been taken back. $1: transaction ids. A transaction and its reversals belong to one
-- account, so the sum is final while that account is locked. Locks: none. Cost: one index range a transaction.
SELECT reverses, sum(amount)::bigint FROM transactions WHERE reverses = ANY ($1::uuid[]) GROUP BY reverses
