-- What payouts for these snapshots credited, and what is left of it after what was taken back, by whomever. $1: the
-- snapshots. In the order in which it was credited. Locks: none. Cost: an index range for each posting, and a look-up
-- for each credit.
SELECT t.id, t.user_id, t.point_type_id, (t.amount - coalesce(back.amount, 0))::bigint
FROM distributions d
JOIN distribution_chunks c ON c.distribution_number = d.number
CROSS JOIN LATERAL (
  SELECT id, user_id, point_type_id, amount FROM transactions
  WHERE id > c.posting_id AND id <= overlay(c.posting_id::text PLACING 'ffff' FROM 33)::uuid
    AND type = 'credit' AND reverses IS NULL
  OFFSET 0
) t
LEFT JOIN LATERAL (
  SELECT sum(r.amount) AS amount FROM transactions r WHERE r.reverses = t.id
) back ON true
WHERE d.snapshot_id = ANY ($1::uuid[])
ORDER BY d.number, c.chunk, t.id
