-- What accounts of a point type were before an instant: of each its last version then, with the balance and what was
-- ever earned. $1: the type; $2: user ids; $3: the instant. Those that had none yet are left out. Versions have no gap
-- and created_at never goes back along them, so the place is found by halving: the answer is always in low ... high.
-- OFFSET 0 keeps each step one look-up. Locks: none. Cost: an account's look-ups are as many as its chain has
-- doublings.
WITH RECURSIVE search (user_id, low, high) AS (
  SELECT u.user_id, 0::bigint, a.version
  FROM unnest($2::text[]) AS u (user_id)
  CROSS JOIN LATERAL (
    SELECT version::bigint FROM accounts WHERE user_id = u.user_id AND point_type_id = $1::uuid OFFSET 0
  ) a
  UNION ALL
  SELECT s.user_id, CASE WHEN m.created_at < $3::timestamptz THEN m.version::bigint ELSE s.low END,
    CASE WHEN m.created_at < $3::timestamptz THEN s.high ELSE m.version - 1 END
  FROM search s
  CROSS JOIN LATERAL (
    SELECT c.version, c.created_at FROM transactions c
    WHERE c.user_id = s.user_id AND c.point_type_id = $1::uuid AND c.version = s.high - (s.high - s.low) / 2
    OFFSET 0
  ) m
  WHERE s.low < s.high
)
SELECT s.user_id, t.version, t.after, t.total_earned, t.created_at
FROM search s
CROSS JOIN LATERAL (
  SELECT version, after, total_earned, created_at FROM transactions
  WHERE user_id = s.user_id AND point_type_id = $1::uuid AND version = s.low
  OFFSET 0
) t
WHERE s.low = s.high
