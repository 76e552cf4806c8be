-- Which migrations this database has.
-- Parameters: none. Returns: number, name and checksum, and the last migration that a program must know to work with
-- it, by number; the latter is nothing where that was not noted yet, or cannot be. Locks nothing; may be repeated at
-- will. Cost: a handful of rows.
SELECT number, name, checksum, (to_jsonb(m) ->> 'works_from')::integer
FROM schema_migrations m
ORDER BY number
