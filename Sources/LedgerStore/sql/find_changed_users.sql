-- Whose account of a point type has changed since an instant, as far as the newest batches tell. $1: the type; $2: the
-- instant; $3: so many batches are looked at; $4: and so many users told at most. Returns the users, and whether the
-- batches reach back that far; a batch is noted a little after what it names was written, so a minute more is asked of
-- them. Locks: none. Cost: one index range of $3 batches, and what they name.
WITH recent AS MATERIALIZED (
  SELECT user_ids, point_type_ids, created_at FROM batches ORDER BY id DESC LIMIT $3::bigint
)
SELECT
  ARRAY(
    SELECT DISTINCT c.user_id
    FROM recent r CROSS JOIN LATERAL unnest(r.user_ids, r.point_type_ids) AS c (user_id, point_type_id)
    WHERE c.point_type_id = $1::uuid AND r.created_at >= $2::timestamptz
    LIMIT $4::bigint
  ),
  (SELECT count(*) < $3::bigint OR min(created_at) < $2::timestamptz - interval '1 minute' FROM recent)
