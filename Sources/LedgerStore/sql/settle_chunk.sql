-- A chunk is posted. $1: the payout; $2: the chunk; $3: how many lines took effect; $4: how many not. Returns the
-- last batch of the ledger, for whoever wants to know whether others post as well. Locks: its row. Repeats do
-- nothing.
UPDATE distribution_chunks SET settled_at = clock_timestamp(), credited = $3::integer, refused = $4::integer
WHERE distribution_number = $1::integer AND chunk = $2::integer AND settled_at IS NULL
RETURNING (SELECT coalesce(max(id), 0) FROM batches)
