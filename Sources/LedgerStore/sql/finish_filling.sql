-- Makes boards ready that are filled up to the last account. $1: ids; $2: up to which user they are filled: one that
-- somebody else stopped, or began to fill anew, is at another. Returns the ids of those that are ready now. The
-- definitions lock is held alone. Locks: the rows. Repeats do nothing. Cost: one row each.
UPDATE boards SET state = 'ready', filled_until = '', updated_at = greatest(updated_at, clock_timestamp())
WHERE id = ANY ($1::uuid[]) AND state = 'filling' AND filled_until = $2
RETURNING id
