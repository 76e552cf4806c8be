-- Finds the items with the ids $1.
SELECT id, note FROM items WHERE id = ANY ($1) ORDER BY id
