-- One point type by its id, as it is under the definitions lock. $1: id. Locks: none. Cost: one index look-up.
SELECT id, name, display_name, description, enabled, min_amount, max_amount, created_at, updated_at
FROM point_types WHERE id = $1
