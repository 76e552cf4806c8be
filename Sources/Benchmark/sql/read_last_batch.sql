-- The number of the last ledger batch: how many there have been. No parameters. Returns one row of one number.
-- Locks: none. A repeat is harmless. Cost: one row.
SELECT last_value FROM batch_ids;
