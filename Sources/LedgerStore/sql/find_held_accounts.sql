-- Which accounts somebody else holds locked right now, and which cannot be seen: those another transaction may be
-- creating. $1, $2: user ids and point types, sorted. The third column tells the first (true) from the second.
-- Locks: those that are free, until the statement ends. Cost: two index look-ups an account.
WITH free AS (
  SELECT a.user_id, a.point_type_id
  FROM unnest($1::text[], $2::uuid[]) AS k (user_id, point_type_id)
  JOIN accounts a ON a.user_id = k.user_id AND a.point_type_id = k.point_type_id
  ORDER BY a.user_id, a.point_type_id
  FOR NO KEY UPDATE OF a SKIP LOCKED
)
SELECT k.user_id, k.point_type_id,
  EXISTS (SELECT FROM accounts a WHERE a.user_id = k.user_id AND a.point_type_id = k.point_type_id)
FROM unnest($1::text[], $2::uuid[]) AS k (user_id, point_type_id)
WHERE NOT EXISTS (SELECT FROM free f WHERE f.user_id = k.user_id AND f.point_type_id = k.point_type_id)
