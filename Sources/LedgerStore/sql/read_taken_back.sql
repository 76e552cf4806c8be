-- What must be known of transactions of which a payout takes back, as of any that is taken back (read_reversibles), and
-- what the payout took of each before. $1: its number; $2: in its postings before this one; $3: the transactions.
-- Locks: none. Cost: two index look-ups a transaction, and its reversals.
SELECT t.id, t.user_id, t.point_type_id, t.type::text, t.amount, t.total_earned - coalesce(p.total_earned, 0),
  t.total_spent - coalesce(p.total_spent, 0), t.kind,
  t.category, t.occurred_at, t.created_at, taken.amount
FROM transactions t
LEFT JOIN LATERAL (
  SELECT b.total_earned, b.total_spent FROM transactions b
  WHERE b.user_id = t.user_id AND b.point_type_id = t.point_type_id AND b.version = t.version - 1
  OFFSET 0
) p ON true
CROSS JOIN LATERAL (
  SELECT coalesce(sum(r.amount), 0)::bigint AS amount FROM transactions r
  JOIN distribution_chunks c ON c.posting_id = overlay(r.id::text PLACING '0000' FROM 33)::uuid
  WHERE r.reverses = t.id AND c.distribution_number = $1::integer AND c.chunk < $2::integer
) taken
WHERE t.id = ANY ($3::uuid[])
