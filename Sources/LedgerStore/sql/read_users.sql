-- Reads what users' rows say about their standing. $1: user ids.
-- Read after the accounts are locked it is true until commit: whoever changes a user locks his accounts as well.
-- Locks: none. Cost: one index look-up a user.
SELECT id, display_name, enabled FROM users WHERE id = ANY ($1::text[])
