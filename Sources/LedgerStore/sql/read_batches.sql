-- The batches after a position, in order, and how many seconds old each is. $1: the position; $2: how many at most.
-- Locks: none. Cost: one index range.
SELECT position, uid, user_ids, point_type_ids, revisions,
  extract(epoch FROM clock_timestamp() - created_at)::float8
FROM batches WHERE position > $1::bigint ORDER BY position LIMIT $2::bigint
