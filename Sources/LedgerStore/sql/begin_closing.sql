-- Closes the periods that are over, grace included: the definitions lock is held alone, so no transaction is under way
-- that could still count an entry in them, and none that comes will. $1: the most at once. Returns the board and the
-- number of each, the earliest first. Locks: the rows. A repeat finds those that are over by then.
-- Cost: one index range of open periods.
UPDATE periods p SET state = 'closing', closed_at = clock_timestamp(), reason = NULL
FROM boards b
WHERE b.id = p.board_id AND (p.board_id, p.number) IN (
  SELECT o.board_id, o.number FROM periods o JOIN boards ob ON ob.id = o.board_id
  WHERE o.state = 'open' AND ob.state = 'ready'
    AND o.ends_at + make_interval(secs => ob.grace_seconds) <= clock_timestamp()
  ORDER BY o.ends_at, o.board_id LIMIT $1::bigint)
RETURNING p.board_id, p.number
