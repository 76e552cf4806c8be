-- The last batch that has a position. Locks: none. Cost: one index look-up.
SELECT position, uid FROM batches WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1
