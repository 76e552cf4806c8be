-- How much of an original was left after a reversal of it. $1: ids of reversals.
-- A transaction and its reversals are one account's, so versions order them. OFFSET 0 keeps it at index look-ups: a plan
-- made while the table was small would scan it whole. Locks: none. Cost: a few index look-ups each.
SELECT t.id,
  o.amount - (SELECT sum(r.amount) FROM transactions r WHERE r.reverses = t.reverses AND r.version <= t.version)::bigint
FROM unnest($1::uuid[]) AS k (id)
CROSS JOIN LATERAL (SELECT * FROM transactions WHERE id = k.id OFFSET 0) AS t
CROSS JOIN LATERAL (SELECT * FROM transactions WHERE id = t.reverses OFFSET 0) AS o
WHERE o.user_id = t.user_id
