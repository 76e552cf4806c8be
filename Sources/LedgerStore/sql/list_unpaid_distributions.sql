-- Payouts that are to go on, the first planned first. $1: how many; $2: but these. Locks: none. Cost: an index of those
-- alone, and the postings of each.
SELECT * FROM payouts WHERE phase = 'paying' AND number <> ALL ($2::integer[]) ORDER BY number LIMIT $1::bigint
