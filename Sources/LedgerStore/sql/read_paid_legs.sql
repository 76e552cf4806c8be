-- Lines of a payout, what became of the last attempt at each, and which transactions took back what is to be taken
-- back. $1: its number; $2: behind this one; $3: how many. In order. Lines have no gaps, so both ends are said, as in
-- read_distribution_legs. Locks: none. Cost: an index range, and for each line its attempts, what was refused before it
-- of the same posting, and the reversals.
SELECT l.leg, l.user_id, l.point_type_id, l.amount, l.rule_id, l.takes_back, l.place, l.rank, c.posting_id,
  c.settled_at, l.leg - c.first_leg, r.refusal, r.figures,
  -- Transactions are numbered without the lines that were refused.
  (SELECT count(*) FROM refused_legs b WHERE b.posting_id = c.posting_id AND b.leg < l.leg - c.first_leg),
  back.transactions
FROM (
  SELECT leg, user_id, point_type_id, amount, rule_id, takes_back, place, rank FROM distribution_legs
  WHERE distribution_number = $1::integer AND leg > $2::integer AND leg <= $2::bigint + $3::bigint
  OFFSET 0
) AS l
CROSS JOIN LATERAL find_last_attempt($1::integer, l.leg) AS c
LEFT JOIN LATERAL (
  SELECT refusal, figures FROM refused_legs WHERE posting_id = c.posting_id AND leg = l.leg - c.first_leg OFFSET 0
) AS r ON true
LEFT JOIN LATERAL (
  SELECT array_agg(t.id ORDER BY t.id) AS transactions
  FROM transactions t
  JOIN distribution_chunks b ON b.posting_id = overlay(t.id::text PLACING '0000' FROM 33)::uuid
  WHERE t.reverses = l.takes_back AND b.distribution_number = $1::integer
) AS back ON true
ORDER BY l.leg
