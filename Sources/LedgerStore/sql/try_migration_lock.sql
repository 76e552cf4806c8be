-- Takes the lock under which migrations run, if nobody has it.
-- Parameters: none. Returns: one row, whether it was taken. Locks: the advisory lock of migrations, until the session
-- ends or gives it back. Repeat: taken twice must be given back twice. Cost: no table is touched.
SELECT pg_try_advisory_lock(hashtextextended('points: migrations', 0))
