-- Lines of a payout with all that its report tells of them: what took effect by all attempts together, and what became
-- of the last one. $1: its number; $2: behind this one; $3: how many; $4: the snapshot's number while it has its
-- entries, or NULL. In order. That both ends are said, and OFFSET 0, keep it look-ups, whatever the tables were like
-- when the plan was made. Locks: none. Cost: an index range, and for each line four look-ups: its score, the attempts
-- at it, what of the last one was refused, and its transactions.
SELECT l.leg, l.user_id, l.point_type_id, l.amount, l.rule_id, l.takes_back, l.place, l.rank, e.score,
  latest.settled_at IS NOT NULL, r.refusal, r.figures,
  coalesce(CASE WHEN l.takes_back IS NULL THEN given.ids ELSE back.ids END, '{}'),
  coalesce(CASE WHEN l.takes_back IS NULL THEN given.amount ELSE back.amount END, 0)::bigint,
  CASE WHEN l.takes_back IS NULL THEN given.at ELSE back.at END
FROM (
  SELECT * FROM distribution_legs
  WHERE distribution_number = $1::integer AND leg > $2::integer AND leg <= $2::bigint + $3::bigint
  OFFSET 0
) AS l
CROSS JOIN LATERAL find_last_attempt($1::integer, l.leg) AS latest
LEFT JOIN LATERAL (
  SELECT refusal, figures FROM refused_legs
  WHERE posting_id = latest.posting_id AND leg = l.leg - latest.first_leg OFFSET 0
) AS r ON true
LEFT JOIN LATERAL (
  SELECT score FROM snapshot_entries
  WHERE snapshot_number = $4::integer AND place = l.place AND user_id = l.user_id OFFSET 0
) AS e ON true
-- What is given takes effect once. Transactions are numbered from 1 by those legs of their posting that took effect.
LEFT JOIN LATERAL (
  SELECT ARRAY[t.id] AS ids, t.amount, t.created_at AS at
  FROM transactions t
  WHERE t.id = overlay(latest.posting_id::text PLACING lpad(to_hex(1 + l.leg - latest.first_leg - (
      SELECT count(*)::integer FROM refused_legs b
      WHERE b.posting_id = latest.posting_id AND b.leg < l.leg - latest.first_leg)), 4, '0') FROM 33)::uuid
    AND t.user_id = l.user_id
  OFFSET 0
) AS given ON l.takes_back IS NULL AND latest.settled_at IS NOT NULL AND r.refusal IS NULL
-- What is taken back may be so in parts.
LEFT JOIN LATERAL (
  SELECT array_agg(t.id ORDER BY t.created_at, t.id) AS ids, sum(t.amount) AS amount, max(t.created_at) AS at
  FROM transactions t
  CROSS JOIN LATERAL (
    SELECT FROM distribution_chunks
    WHERE posting_id = overlay(t.id::text PLACING '0000' FROM 33)::uuid
      AND distribution_number = $1::integer AND settled_at IS NOT NULL
    OFFSET 0
  ) AS own
  WHERE t.reverses = l.takes_back
) AS back ON l.takes_back IS NOT NULL
ORDER BY l.leg
