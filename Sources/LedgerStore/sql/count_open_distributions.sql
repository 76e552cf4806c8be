-- How many payouts wait for approval, and how many are being paid; and of each the seconds since anything happened to
-- the one that stands still longest. No parameters. Locks: none. Cost: an index of those alone, and their chunks.
SELECT d.phase, count(*)::bigint,
  extract(epoch FROM max(clock_timestamp() - greatest(d.planned_at, d.decided_at, c.settled_at)))::double precision
FROM distributions d
CROSS JOIN LATERAL (
  SELECT max(settled_at) AS settled_at FROM distribution_chunks WHERE distribution_number = d.number
) AS c
WHERE d.phase IN ('waiting', 'paying')
GROUP BY d.phase
