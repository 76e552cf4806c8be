-- The last transaction of an account at or before an instant: what the account was then. $1, $2: the account; $3: the
-- instant. Returns nothing if it had none yet. Versions have no gap and created_at never goes back along them, so the
-- place is found by halving: the answer is always in low ... high. OFFSET 0 keeps each step one look-up.
-- Locks: none. Cost: one index look-up for each doubling of the chain; twenty of them for a million transactions.
WITH RECURSIVE search (low, high) AS (
  SELECT 0::bigint, a.version::bigint FROM accounts a WHERE a.user_id = $1 AND a.point_type_id = $2
  UNION ALL
  SELECT CASE WHEN m.created_at <= $3 THEN m.version::bigint ELSE s.low END,
    CASE WHEN m.created_at <= $3 THEN s.high ELSE m.version - 1 END
  FROM search s
  CROSS JOIN LATERAL (
    SELECT c.version, c.created_at FROM transactions c
    WHERE c.user_id = $1 AND c.point_type_id = $2 AND c.version = s.high - (s.high - s.low) / 2
    OFFSET 0
  ) m
  WHERE s.low < s.high
)
SELECT t.id, t.user_id, t.point_type_id, t.version, t.type::text, t.amount, t.before, t.after, t.total_earned,
  t.total_spent, t.kind, t.category, t.reason, t.description, t.actor, t.validator_id, t.related_to, t.tournament_id,
  t.registration_id, t.reverses, t.metadata::text, t.occurred_at, t.created_at, t.created_by
FROM search s
CROSS JOIN LATERAL (
  SELECT * FROM transactions f
  WHERE f.user_id = $1 AND f.point_type_id = $2 AND f.version = s.low
  OFFSET 0
) t
WHERE s.low = s.high
