-- Gives the lock of migrations back.
-- Parameters: none. Returns: one row, whether it was held. Repeat: does nothing. Cost: no table is touched.
SELECT pg_advisory_unlock(hashtextextended('points: migrations', 0))
