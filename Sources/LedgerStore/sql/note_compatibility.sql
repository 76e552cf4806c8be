-- Notes which programs can work with a migration, in the transaction that applied it.
-- Parameters: $1 its number, $2 the last migration that they must know. Returns: nothing.
-- Locks: the row. Repeat: does nothing. Cost: one row.
UPDATE schema_migrations SET works_from = $2 WHERE number = $1
