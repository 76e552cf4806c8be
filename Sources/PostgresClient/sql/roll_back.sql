-- Undoes the transaction's work.
-- Parameters: none. Returns: nothing. Locks: gives all up.
-- Repeat: harmless, without a transaction it is a warning. Cost: small, whatever the transaction did.
ROLLBACK
