-- Rules of rewards that held at an instant, those of a scope together: ranks before shares, the best first. $1: the
-- instant; $2: of one point type, or NULL; $3: of these boards, where '' stands for the type itself, or NULL; $4:
-- whether they were active, or NULL. Locks: none. Cost: as many rows as there are rules, and what ended since.
SELECT r.rule_id, r.revision, r.point_type_id, r.board, coalesce(b.name, r.board), coalesce(b.category, ''), r.name,
  r.min_rank, r.max_rank, r.above_share::bigint, r.top_share::bigint, r.active,
  ARRAY(SELECT a.point_type_id FROM reward_rule_amounts a
    WHERE (a.rule_id, a.revision) = (r.rule_id, r.revision) ORDER BY a.point_type_id),
  ARRAY(SELECT a.amount FROM reward_rule_amounts a
    WHERE (a.rule_id, a.revision) = (r.rule_id, r.revision) ORDER BY a.point_type_id),
  r.valid_from, r.valid_until, r.decided_by, r.ended_by
FROM reward_rules r
-- Boards that were removed are there too.
LEFT JOIN boards b ON b.id::text = r.board
WHERE r.valid_from <= $1::timestamptz AND (r.valid_until IS NULL OR r.valid_until > $1::timestamptz)
  AND ($2::uuid IS NULL OR r.point_type_id = $2::uuid)
  AND ($3::text[] IS NULL OR coalesce(r.board, '') = ANY ($3::text[]))
  AND ($4::boolean IS NULL OR r.active = $4::boolean)
ORDER BY r.point_type_id, coalesce(r.board, ''), r.min_rank, r.above_share, r.rule_id
