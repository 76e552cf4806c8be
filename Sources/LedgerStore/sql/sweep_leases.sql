-- Removes leases that nobody has had for long. $1: for how many seconds; $2: how the names begin of those that stay
-- whatever their age. Returns how many were removed. Locks: rows of leases that nobody wants; one that somebody takes
-- at this moment stays. Repeats do nothing. Cost: a handful of rows.
WITH swept AS (
  DELETE FROM leases
  WHERE name IN (
    SELECT name FROM leases
    WHERE expires_at < clock_timestamp() - make_interval(secs => $1::double precision)
      AND NOT EXISTS (SELECT FROM unnest($2::text[]) AS kept (beginning) WHERE starts_with(name, kept.beginning))
    FOR UPDATE SKIP LOCKED
  )
  RETURNING name
)
SELECT count(*) FROM swept
