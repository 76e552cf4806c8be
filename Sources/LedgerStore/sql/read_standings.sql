-- Which of these users are there, whether they are enabled, and whether they have a name. $1: user ids.
-- Locks: none. Cost: one index look-up a user.
SELECT id, enabled, display_name IS NOT NULL FROM users WHERE id = ANY ($1::text[])
