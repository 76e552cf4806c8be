-- Holds point types as they are until the transaction ends: whoever changes one takes the same lock exclusively.
-- Returns nothing of use. Locks: the definitions lock, shared; the first lock of every writing transaction.
-- The number is "POINTS" in ASCII. Cost: one entry of the lock table.
SELECT pg_advisory_xact_lock_shared(88282310464595)
