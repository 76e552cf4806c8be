-- Who of these users is disabled. $1: the users. Locks: none. Cost: an index look-up each.
SELECT id FROM users WHERE id = ANY ($1::text[]) AND NOT enabled ORDER BY id
