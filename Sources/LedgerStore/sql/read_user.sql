-- What is known of a user. $1: id. Locks: none. Cost: one index look-up.
SELECT id, display_name, enabled, metadata::text, created_at, updated_at
FROM users WHERE id = $1
