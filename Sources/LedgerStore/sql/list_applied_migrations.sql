-- Which migrations this database has.
-- Parameters: none. Returns: number, name and checksum, by number. Locks nothing; may be repeated at will.
-- Cost: a handful of rows.
SELECT number, name, checksum
FROM schema_migrations
ORDER BY number
