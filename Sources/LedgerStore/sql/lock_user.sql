-- Locks a user and reads what is known. $1: id. Locks: the row, against those too who are about to create the user's
-- first account of a type: they see the user as this transaction leaves it, or this one sees their account.
-- Users are locked before accounts, everywhere. Cost: one index look-up.
SELECT id, display_name, enabled, metadata::text, created_at, updated_at
FROM users WHERE id = $1 FOR UPDATE
