-- Leases of a duty that nobody has had for some time. $1: the beginning of their names; $2: for how many seconds.
-- Returns the names. Locks: none. Cost: a handful of rows.
SELECT name FROM leases
WHERE starts_with(name, $1::text) AND expires_at < clock_timestamp() - make_interval(secs => $2::double precision)
ORDER BY name
