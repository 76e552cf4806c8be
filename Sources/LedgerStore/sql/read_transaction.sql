-- One transaction. $1: its id. Locks: none. Cost: one index look-up.
SELECT t.id, t.user_id, t.point_type_id, t.version, t.type::text, t.amount, t.before, t.after, t.total_earned,
  t.total_spent, t.kind, t.category, t.reason, t.description, t.actor, t.validator_id, t.related_to, t.tournament_id,
  t.registration_id, t.reverses, t.metadata::text, t.occurred_at, t.created_at, t.created_by
FROM transactions t WHERE t.id = $1
