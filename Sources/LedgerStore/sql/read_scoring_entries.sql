-- Transactions of some accounts of a point type as scores are made of them. $1: the type; $2, $3, $4: user ids, and of
-- each the versions above the one and up to the other; $5, $6: reversals from that instant on, or above that version,
-- take nothing. What a reversal takes back comes with it; what a transaction did to the totals is the difference from
-- the one before; last, how much was taken back: of what a reversal takes back, up to it; of any other, up to $6. In
-- the order of users, newest first. Locks: none; what is read never changes. Cost: three index look-ups a transaction.
SELECT k.user_id, t.id, t.version, t.type::text, t.amount, t.total_earned - coalesce(p.total_earned, 0),
  t.total_spent - coalesce(p.total_spent, 0), t.kind, t.category, t.occurred_at, t.created_at,
  o.id, o.type::text, o.amount, o.kind, o.category, o.occurred_at, o.created_at, coalesce(r.reversed, 0)
FROM unnest($2::text[], $3::bigint[], $4::bigint[]) AS k (user_id, above, until)
CROSS JOIN LATERAL (
  SELECT * FROM transactions
  WHERE user_id = k.user_id AND point_type_id = $1::uuid AND version > k.above AND version <= k.until
  OFFSET 0
) t
LEFT JOIN LATERAL (
  SELECT b.total_earned, b.total_spent FROM transactions b
  WHERE b.user_id = t.user_id AND b.point_type_id = t.point_type_id AND b.version = t.version - 1
  OFFSET 0
) p ON true
LEFT JOIN LATERAL (
  SELECT * FROM transactions b WHERE b.id = t.reverses AND b.user_id = t.user_id OFFSET 0
) o ON t.reverses IS NOT NULL
LEFT JOIN LATERAL (
  SELECT sum(s.amount)::bigint AS reversed
  FROM (
    SELECT amount, version, created_at FROM transactions
    WHERE reverses = coalesce(t.reverses, t.id) AND user_id = t.user_id OFFSET 0
  ) s
  WHERE s.version <= CASE WHEN t.reverses IS NULL THEN $6::bigint ELSE t.version END
    AND s.created_at < $5::timestamptz
) r ON true
ORDER BY k.user_id COLLATE "C", t.version DESC
