-- A page of an account's history, newest first. $1, $2: the account; $3: versions above this, $4: and below this;
-- $5, $6: kind and category, NULL for any; $7: how many at most. A version never changes and new ones are higher than
-- all, so going on below the last one seen misses nothing and shows nothing twice.
-- Locks: none. Cost: one index range, of at most as many versions as lie between the two.
SELECT t.id, t.user_id, t.point_type_id, t.version, t.type::text, t.amount, t.before, t.after, t.total_earned,
  t.total_spent, t.kind, t.category, t.reason, t.description, t.actor, t.validator_id, t.related_to, t.tournament_id,
  t.registration_id, t.reverses, t.metadata::text, t.occurred_at, t.created_at, t.created_by
FROM transactions t
WHERE t.user_id = $1 AND t.point_type_id = $2 AND t.version > $3 AND t.version < $4
  AND ($5::text IS NULL OR t.kind = $5) AND ($6::text IS NULL OR t.category = $6)
ORDER BY t.version DESC
LIMIT $7
