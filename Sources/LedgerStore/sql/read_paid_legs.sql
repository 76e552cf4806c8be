-- Lines of a payout, and what became of the last attempt at each. $1: its number; $2: behind this one; $3: how many. In
-- order. Locks: none. Cost: an index range, and for each line the payout's chunks up to its own.
SELECT l.leg, l.user_id, l.point_type_id, l.amount, l.rule_id, l.takes_back, l.place, l.rank, c.posting_id,
  c.settled_at, l.leg - c.first_leg, r.refusal, r.figures,
  (SELECT count(*) FROM refused_legs b WHERE b.posting_id = c.posting_id AND b.leg < l.leg - c.first_leg)
FROM distribution_legs l
CROSS JOIN LATERAL (
  SELECT posting_id, first_leg, settled_at FROM distribution_chunks
  WHERE distribution_number = $1::integer AND l.leg BETWEEN first_leg AND last_leg
  ORDER BY attempt DESC LIMIT 1
) AS c
LEFT JOIN refused_legs r ON r.posting_id = c.posting_id AND r.leg = l.leg - c.first_leg
WHERE l.distribution_number = $1::integer AND l.leg > $2::integer
ORDER BY l.leg LIMIT $3::bigint
