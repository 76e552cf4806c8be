-- What a rule of rewards says and said, the newest first. $1: its id; $2: revisions below this; $3: so many. Locks:
-- none. Cost: an index, as far as the page reaches.
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
WHERE r.rule_id = $1::uuid AND r.revision < $2::integer
ORDER BY r.revision DESC LIMIT $3::bigint
