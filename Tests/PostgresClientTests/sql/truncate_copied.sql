-- Empties the table.
TRUNCATE copied
