-- One numbering at a time: a second one must not begin before the first is visible. The number is "NUMBER" in ASCII.
-- Locks: the numbering lock, until the transaction ends. Cost: one entry of the lock table.
SELECT pg_advisory_xact_lock(86097377019218)
