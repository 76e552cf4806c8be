-- How many periods are over, grace included, and not closed. Locks: none. Cost: one index range of open periods.
SELECT count(*) FROM periods p JOIN boards b ON b.id = p.board_id
WHERE p.state = 'open' AND b.state = 'ready'
  AND p.ends_at + make_interval(secs => b.grace_seconds) <= clock_timestamp()
