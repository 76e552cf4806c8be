-- Lines of a payout that did not take effect, or not wholly, by the last attempt at each; none of those that are to be
-- tried again already. Of what is to be taken back nothing is outstanding that somebody else has taken back meanwhile. $1: its number; $2: lines behind this one; $3: how many. Locks: none.
-- Cost: what was refused and what is taken back, an index look-up and the payout's chunks for each.
SELECT l.leg, l.user_id, l.point_type_id, l.amount, l.rule_id, l.takes_back, l.place, l.rank,
  coalesce(back.missing, l.amount), latest.attempt, r.refusal, r.figures
FROM (
  SELECT c.first_leg + r.leg AS leg
  FROM distribution_chunks c JOIN refused_legs r ON r.posting_id = c.posting_id
  WHERE c.distribution_number = $1::integer
  UNION
  SELECT leg FROM distribution_legs WHERE distribution_number = $1::integer AND takes_back IS NOT NULL
) AS candidate
JOIN distribution_legs l ON l.distribution_number = $1::integer AND l.leg = candidate.leg
CROSS JOIN LATERAL (
  SELECT c.posting_id, c.first_leg, c.attempt, c.settled_at FROM distribution_chunks c
  WHERE c.distribution_number = $1::integer AND l.leg BETWEEN c.first_leg AND c.last_leg
  ORDER BY c.attempt DESC LIMIT 1
) AS latest
LEFT JOIN refused_legs r ON r.posting_id = latest.posting_id AND r.leg = l.leg - latest.first_leg
LEFT JOIN LATERAL (
  SELECT least(
      l.amount - coalesce(sum(t.amount) FILTER (WHERE c.posting_id IS NOT NULL), 0),
      o.amount - coalesce(sum(t.amount), 0))::bigint AS missing
  FROM transactions o
  LEFT JOIN transactions t ON t.reverses = o.id
  LEFT JOIN distribution_chunks c ON c.distribution_number = $1::integer
    AND c.posting_id = overlay(t.id::text PLACING '0000' FROM 33)::uuid
  WHERE o.id = l.takes_back
  GROUP BY o.amount
) AS back ON l.takes_back IS NOT NULL
WHERE candidate.leg > $2::integer AND latest.settled_at IS NOT NULL
  AND CASE WHEN l.takes_back IS NULL THEN r.leg IS NOT NULL ELSE back.missing > 0 END
ORDER BY l.leg LIMIT $3::bigint
