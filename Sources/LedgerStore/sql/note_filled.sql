-- Notes up to which user boards are filled. $1: ids; $2: the user. Returns nothing. Locks: the rows.
-- Repeats write the same. Cost: one row each.
UPDATE boards SET filled_until = $2 WHERE id = ANY ($1::uuid[]) AND state = 'filling'
