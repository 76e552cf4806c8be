-- The generation of the definitions, by which a copy of them knows that it is old. Locks: none. Cost: one row.
SELECT generation FROM settings
