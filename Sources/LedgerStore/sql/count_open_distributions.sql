-- How many payouts wait for approval, and how many are being paid; and of each the seconds since anything happened to
-- the one that stands still longest. No parameters. Returns both, be there any or not. Locks: none. Cost: an index of
-- those alone, and their chunks.
SELECT p.phase, count(d.number)::bigint,
  coalesce(extract(epoch FROM max(clock_timestamp() - greatest(d.planned_at, d.decided_at, c.settled_at))), 0)
    ::double precision
FROM (VALUES ('waiting'), ('paying')) AS p (phase)
LEFT JOIN distributions d ON d.phase = p.phase AND d.phase IN ('waiting', 'paying')
LEFT JOIN LATERAL (
  SELECT max(settled_at) AS settled_at FROM distribution_chunks WHERE distribution_number = d.number
) AS c ON true
GROUP BY p.phase
ORDER BY p.phase
