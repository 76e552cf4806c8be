-- Lines of a payout that did not take effect, or not wholly, by the last attempt at each; none of those that are to be
-- tried again already. Of what is to be taken back nothing is outstanding that somebody else has taken back meanwhile.
-- $1: its number; $2: lines behind this one; $3: how many. Locks: none. Cost: two index ranges from there on, as far as
-- the page reaches: what a first attempt refused, and what is taken back; for each line of those its attempts.
WITH given AS (
  SELECT c.first_leg + f.leg AS leg, t.attempt, r.refusal, r.figures
  FROM distribution_chunks c
  CROSS JOIN LATERAL (SELECT leg FROM refused_legs WHERE posting_id = c.posting_id OFFSET 0) AS f
  CROSS JOIN LATERAL find_last_attempt($1::integer, c.first_leg + f.leg) AS t
  CROSS JOIN LATERAL (
    SELECT refusal, figures FROM refused_legs
    WHERE posting_id = t.posting_id AND leg = c.first_leg + f.leg - t.first_leg OFFSET 0
  ) AS r
  WHERE c.distribution_number = $1::integer AND c.attempt = 1 AND c.refused > 0
    AND c.first_leg > $2::integer - 1000 AND c.first_leg + f.leg > $2::integer AND t.settled_at IS NOT NULL
    AND EXISTS (
      SELECT FROM distribution_legs l
      WHERE l.distribution_number = $1::integer AND l.leg = c.first_leg + f.leg AND l.takes_back IS NULL)
  ORDER BY c.first_leg, f.leg LIMIT $3::bigint
), taken AS (
  SELECT l.leg, t.attempt, r.refusal, r.figures, back.missing
  FROM distribution_legs l
  CROSS JOIN LATERAL find_last_attempt($1::integer, l.leg) AS t
  CROSS JOIN LATERAL (
    SELECT least(
        l.amount - coalesce(sum(b.amount) FILTER (WHERE c.posting_id IS NOT NULL), 0),
        o.amount - coalesce(sum(b.amount), 0))::bigint AS missing
    FROM transactions o
    LEFT JOIN transactions b ON b.reverses = o.id
    LEFT JOIN distribution_chunks c ON c.distribution_number = $1::integer
      AND c.posting_id = overlay(b.id::text PLACING '0000' FROM 33)::uuid
    WHERE o.id = l.takes_back
    GROUP BY o.amount
  ) AS back
  LEFT JOIN LATERAL (
    SELECT refusal, figures FROM refused_legs WHERE posting_id = t.posting_id AND leg = l.leg - t.first_leg OFFSET 0
  ) AS r ON true
  WHERE l.distribution_number = $1::integer AND l.leg > $2::integer AND l.takes_back IS NOT NULL
    AND t.settled_at IS NOT NULL AND back.missing > 0
  ORDER BY l.leg LIMIT $3::bigint
)
SELECT l.leg, l.user_id, l.point_type_id, l.amount, l.rule_id, l.takes_back, l.place, l.rank,
  coalesce(o.missing, l.amount), o.attempt, o.refusal, o.figures
FROM (
  SELECT leg, attempt, refusal, figures, NULL::bigint AS missing FROM given
  UNION ALL
  SELECT leg, attempt, refusal, figures, missing FROM taken
  ORDER BY leg LIMIT $3::bigint
) AS o
JOIN distribution_legs l ON l.distribution_number = $1::integer AND l.leg = o.leg
ORDER BY l.leg
