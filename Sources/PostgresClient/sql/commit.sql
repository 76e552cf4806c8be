-- Makes the transaction's work durable.
-- Parameters: none. Returns: nothing; the command tag says ROLLBACK if a statement had failed. Locks: gives all up.
-- Repeat: harmless, without a transaction it is a warning. Cost: one flush of the write-ahead log.
COMMIT
