-- Terms of rewards that held at an instant. $1: the instant; $2: of one point type, or NULL; $3: of these boards, where
-- '' stands for the type itself, or NULL. Locks: none. Cost: a small table.
SELECT t.id, t.revision, t.point_type_id, t.board, coalesce(b.name, t.board), coalesce(b.category, ''), t.ties,
  t.approval = 'other_service', t.automatic,
  ARRAY(SELECT g.point_type_id FROM reward_budgets g WHERE g.terms_id = t.id ORDER BY g.point_type_id),
  ARRAY(SELECT g.amount FROM reward_budgets g WHERE g.terms_id = t.id ORDER BY g.point_type_id),
  t.valid_from, t.valid_until, t.decided_by, t.ended_by
FROM reward_terms t
-- Boards that were removed are there too.
LEFT JOIN boards b ON b.id::text = t.board
WHERE t.valid_from <= $1::timestamptz AND (t.valid_until IS NULL OR t.valid_until > $1::timestamptz)
  AND ($2::uuid IS NULL OR t.point_type_id = $2::uuid)
  AND ($3::text[] IS NULL OR coalesce(t.board, '') = ANY ($3::text[]))
ORDER BY t.point_type_id, coalesce(t.board, '')
