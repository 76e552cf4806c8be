-- Deletes a point type that no account has. $1: id. Returns the id if it did.
-- The caller holds the definitions lock exclusively, and accounts are only created under that lock, so none can appear
-- meanwhile; the foreign key says the same of whoever does not keep to it. Locks: the row. Cost: two index look-ups.
DELETE FROM point_types t
WHERE t.id = $1 AND NOT EXISTS (SELECT FROM accounts a WHERE a.point_type_id = t.id)
RETURNING t.id
