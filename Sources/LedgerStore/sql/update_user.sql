-- Writes a user. $1 to $4: id, display name, enabled, metadata as text. Returns the user. The row is locked by the
-- caller. A repeat writes the same values. Cost: one row.
UPDATE users
SET display_name = $2, enabled = $3, metadata = $4::text::json, updated_at = greatest(updated_at, clock_timestamp())
WHERE id = $1
RETURNING id, display_name, enabled, metadata::text, created_at, updated_at
