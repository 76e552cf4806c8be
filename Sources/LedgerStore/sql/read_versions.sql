-- Single transactions of an account, newest first. $1, $2: the account; $3: their versions. Locks: none.
-- Cost: one index look-up each.
SELECT t.id, t.user_id, t.point_type_id, t.version, t.type::text, t.amount, t.before, t.after, t.total_earned,
  t.total_spent, t.kind, t.category, t.reason, t.description, t.actor, t.validator_id, t.related_to, t.tournament_id,
  t.registration_id, t.reverses, t.metadata::text, t.occurred_at, t.created_at, t.created_by
FROM unnest($3::bigint[]) AS v (version)
CROSS JOIN LATERAL (
  SELECT * FROM transactions
  WHERE user_id = $1 AND point_type_id = $2::uuid AND version = v.version
  OFFSET 0
) t
ORDER BY t.version DESC
