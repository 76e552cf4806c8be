-- Holds rewards for a change of them: whoever changes any waits for whoever came before, so that two never pass by what
-- the other adds. Returns nothing of use. Locks: the lock of rewards, exclusively, until the transaction ends; nobody
-- who awards or deducts takes it. The number is "REWARD" in ASCII. Cost: one entry of the lock table.
SELECT pg_advisory_xact_lock(90457770119748)
