-- Which accounts somebody else holds locked right now. $1, $2: user ids and point types, sorted. An account that does
-- not exist is not held. Locks: those that are free, until the statement ends. Cost: two index look-ups an account.
WITH free AS (
  SELECT a.user_id, a.point_type_id
  FROM unnest($1::text[], $2::uuid[]) AS k (user_id, point_type_id)
  JOIN accounts a ON a.user_id = k.user_id AND a.point_type_id = k.point_type_id
  ORDER BY a.user_id, a.point_type_id
  FOR NO KEY UPDATE OF a SKIP LOCKED
)
SELECT a.user_id, a.point_type_id
FROM unnest($1::text[], $2::uuid[]) AS k (user_id, point_type_id)
JOIN accounts a ON a.user_id = k.user_id AND a.point_type_id = k.point_type_id
WHERE NOT EXISTS (SELECT FROM free f WHERE f.user_id = a.user_id AND f.point_type_id = a.point_type_id)
