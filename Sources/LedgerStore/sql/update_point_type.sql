-- Writes a point type as it was decided. $1: id; $2 to $6: display name, description, enabled, least and most amount.
-- Returns it. The caller holds the definitions lock exclusively. Locks: the row. Cost: one row.
UPDATE point_types
SET display_name = $2, description = $3, enabled = $4, min_amount = $5, max_amount = $6,
  updated_at = greatest(updated_at, clock_timestamp())
WHERE id = $1
RETURNING id, name, display_name, description, enabled, min_amount, max_amount, created_at, updated_at
