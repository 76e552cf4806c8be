-- Says that definitions have changed, so that every copy of them is read anew. Returns the new generation.
-- The caller holds the definitions lock exclusively. Locks: the row of settings. Cost: one row.
UPDATE settings SET generation = generation + 1 RETURNING generation
