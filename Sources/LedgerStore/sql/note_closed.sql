-- Notes that everything up to now is closed. The definitions lock is held alone. Parameters: none. Returns nothing.
-- Locks: the row of settings. Repeats move it on. Cost: one row.
UPDATE settings SET closed_until = greatest(closed_until, clock_timestamp())
