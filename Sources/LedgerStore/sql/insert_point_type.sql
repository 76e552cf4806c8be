-- Creates a point type. $1 to $6: name, display name, description, enabled, least and most amount.
-- Returns it, or nothing if the name is taken. Locks: the name; the caller holds the definitions lock exclusively.
-- Cost: one row and two index entries.
INSERT INTO point_types (name, display_name, description, enabled, min_amount, max_amount)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (name) DO NOTHING
RETURNING id, name, display_name, description, enabled, min_amount, max_amount, created_at, updated_at
