-- Creates users who bring a name, before their first points come. $1, $2: user ids, sorted, and names.
-- Returns nothing. Locks: the rows created, in order of id; waits for another transaction that creates one of them.
-- Users who are there stay as they are, so repeats do nothing. Cost: one index look-up a user.
INSERT INTO users (id, display_name)
SELECT k.user_id, k.display_name FROM unnest($1::text[], $2::text[]) AS k (user_id, display_name)
ORDER BY k.user_id COLLATE "C"
ON CONFLICT DO NOTHING
