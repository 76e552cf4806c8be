-- What must be known of transactions to take them back: what they did to the running totals is the difference from
-- the version before. $1, $2: the first and the last id, which may be the same. In the order of ids.
-- Locks: none; what is read never changes. Cost: two index look-ups a transaction.
SELECT t.id, t.user_id, t.point_type_id, t.type::text, t.amount, t.total_earned - coalesce(p.total_earned, 0),
  t.total_spent - coalesce(p.total_spent, 0), t.kind,
  t.category, t.occurred_at, t.created_at
FROM transactions t
LEFT JOIN LATERAL (
  SELECT b.total_earned, b.total_spent FROM transactions b
  WHERE b.user_id = t.user_id AND b.point_type_id = t.point_type_id AND b.version = t.version - 1
  OFFSET 0
) p ON true
WHERE t.id BETWEEN $1 AND $2
ORDER BY t.id
