-- Transactions of some accounts of a point type as boards must know them. $1: the type; $2, $3: user ids, and after
-- which version of each; $4: since when; $5: how many at most. In the order of users, and of versions of each. What a
-- reversal takes back comes with it; what a transaction did to the totals is the difference from the one before.
-- Locks: none; what is read never changes. Cost: two index look-ups a transaction.
SELECT k.user_id, t.id, t.version, t.type::text, t.amount, t.total_earned - coalesce(p.total_earned, 0),
  t.total_spent - coalesce(p.total_spent, 0), t.kind, t.category, t.occurred_at, t.created_at,
  o.id, o.type::text, o.amount, o.kind, o.category, o.occurred_at, o.created_at
FROM unnest($2::text[], $3::bigint[]) AS k (user_id, version)
CROSS JOIN LATERAL (
  SELECT * FROM transactions
  WHERE user_id = k.user_id AND point_type_id = $1::uuid AND version > k.version AND created_at >= $4::timestamptz
  ORDER BY version LIMIT $5::bigint
) t
LEFT JOIN LATERAL (
  SELECT b.total_earned, b.total_spent FROM transactions b
  WHERE b.user_id = t.user_id AND b.point_type_id = t.point_type_id AND b.version = t.version - 1
  OFFSET 0
) p ON true
LEFT JOIN LATERAL (
  SELECT * FROM transactions b WHERE b.id = t.reverses AND b.user_id = t.user_id OFFSET 0
) o ON t.reverses IS NOT NULL
ORDER BY k.user_id COLLATE "C", t.version
LIMIT $5::bigint
