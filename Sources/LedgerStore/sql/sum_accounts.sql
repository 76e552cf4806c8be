-- What the boards of a point type must come to: how many accounts, members and points. $1: the type. With the last
-- position of the same moment: what was changed above it is not in the sums, or may be sent again without harm.
-- Locks: none. Cost: all accounts of the type, about 0.3 s a million.
SELECT count(*) FILTER (WHERE version > 0), coalesce(sum(balance) FILTER (WHERE version > 0), 0)::text,
  count(earned_at), coalesce(sum(total_earned) FILTER (WHERE earned_at IS NOT NULL), 0)::text,
  coalesce((SELECT max(position) FROM batches), 0)
FROM accounts WHERE point_type_id = $1::uuid
