-- The transactions of postings, in the order of their legs. $1, $2: the first and the last id that a leg of each can
-- have; they lie side by side.
-- OFFSET 0 keeps it one index range a posting: a plan made while the table was small would scan it whole.
-- Locks: none. Cost: that.
SELECT t.id, t.user_id, t.point_type_id, t.version, t.type::text, t.amount, t.before, t.after, t.total_earned,
  t.total_spent, t.kind, t.category, t.reason, t.description, t.actor, t.validator_id, t.related_to, t.tournament_id,
  t.registration_id, t.reverses, t.metadata::text, t.occurred_at, t.created_at, t.created_by
FROM unnest($1::uuid[], $2::uuid[]) AS p (first, last)
CROSS JOIN LATERAL (SELECT * FROM transactions WHERE id BETWEEN p.first AND p.last OFFSET 0) AS t
ORDER BY t.id
