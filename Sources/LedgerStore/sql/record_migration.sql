-- Notes that a migration was applied, in the transaction that applied it.
-- Parameters: $1 its number, $2 its name, $3 the checksum of its file. Returns: nothing.
-- Locks: the new row. Repeat: refused by the primary key. Cost: one row.
INSERT INTO schema_migrations (number, name, checksum)
VALUES ($1, $2, $3)
