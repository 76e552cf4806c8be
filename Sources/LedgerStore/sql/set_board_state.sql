-- Moves boards to another state. $1: ids; $2: the state. One that is to be filled is filled from the first account on.
-- Returns the ids of those that were moved. The definitions lock is held alone. Locks: the rows. Repeats do nothing.
-- Cost: one row each.
UPDATE boards SET state = $2, filled_until = '', updated_at = greatest(updated_at, clock_timestamp())
WHERE id = ANY ($1::uuid[]) AND state <> $2 AND state <> 'removed'
RETURNING id
