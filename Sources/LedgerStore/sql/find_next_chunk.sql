-- What is to be posted next of a payout. $1: its number; $2: behind this chunk. Locks: none. Cost: its chunks up to
-- there.
SELECT posting_id, chunk, first_leg, last_leg, attempt FROM distribution_chunks
WHERE distribution_number = $1::integer AND chunk > $2::integer AND settled_at IS NULL ORDER BY chunk LIMIT 1
