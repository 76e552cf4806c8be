-- The time for whoever says when something is counted: never before anything that was counted or closed already, also
-- where the server's clock was put back. The definitions lock is held alone, so every batch there is can be seen, and
-- those without a position are few. Parameters: none. Locks: none. Cost: two rows, and those batches.
SELECT greatest(
  clock_timestamp(), s.closed_until, c.counted_until,
  (SELECT max(coalesce(counted_at, created_at)) FROM batches WHERE position IS NULL))
FROM settings s, counting c
