-- How much of an original was left after a reversal of it. $1: ids of reversals.
-- A transaction and its reversals are one account's, so versions order them. Locks: none. Cost: a few index look-ups each.
SELECT t.id,
  o.amount - (SELECT sum(r.amount) FROM transactions r WHERE r.reverses = t.reverses AND r.version <= t.version)::bigint
FROM transactions t
JOIN transactions o ON o.id = t.reverses AND o.user_id = t.user_id
WHERE t.id = ANY ($1::uuid[])
