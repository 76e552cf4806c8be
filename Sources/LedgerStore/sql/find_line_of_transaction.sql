-- Of which payout a transaction is a line, and of which. $1: the transaction; $2: its place in its posting, from 0.
-- Locks: none. Cost: three index look-ups, and what was refused of the posting.
SELECT d.id, c.first_leg + line.place
FROM transactions t
JOIN distribution_chunks c ON c.posting_id = overlay(t.id::text PLACING '0000' FROM 33)::uuid
JOIN distributions d ON d.number = c.distribution_number
CROSS JOIN LATERAL (
  -- Transactions are numbered without the lines that were refused.
  SELECT n.place FROM generate_series(0, c.last_leg - c.first_leg) AS n (place)
  WHERE NOT EXISTS (SELECT FROM refused_legs r WHERE r.posting_id = c.posting_id AND r.leg = n.place)
  ORDER BY n.place OFFSET $2::bigint LIMIT 1
) AS line
WHERE t.id = $1::uuid
