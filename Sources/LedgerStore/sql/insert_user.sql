-- Creates a user unless there is one. $1 to $4: id, display name, enabled, metadata as text.
-- Returns the id if it did. Locks: the row; waits for another transaction that creates it. Repeats do nothing.
-- Cost: one index look-up.
INSERT INTO users (id, display_name, enabled, metadata) VALUES ($1, $2, $3, $4::text::json)
ON CONFLICT DO NOTHING
RETURNING id
