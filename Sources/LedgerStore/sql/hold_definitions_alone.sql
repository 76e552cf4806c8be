-- Holds the definitions for a change of them: waits until no transaction that decides by them is under way, and those
-- that come meanwhile wait behind it. Bounded by lock_timeout. Locks: the definitions lock (see hold_definitions.sql),
-- exclusively. Cost: one entry of the lock table.
SELECT pg_advisory_xact_lock(88282310464595)
