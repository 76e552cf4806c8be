-- The point types of which a user has an account or a transaction. $1: the user. Returns them in order.
-- Locks: none. Cost: two look-ups a type, however long the chains are.
WITH RECURSIVE chained AS (
  (SELECT point_type_id FROM transactions WHERE user_id = $1::text ORDER BY user_id, point_type_id LIMIT 1)
  UNION ALL
  SELECT (
    SELECT t.point_type_id FROM transactions t
    WHERE t.user_id = $1::text AND t.point_type_id > c.point_type_id ORDER BY t.user_id, t.point_type_id LIMIT 1)
  FROM chained c WHERE c.point_type_id IS NOT NULL
)
SELECT point_type_id FROM chained WHERE point_type_id IS NOT NULL
UNION
SELECT point_type_id FROM accounts WHERE user_id = $1::text
ORDER BY 1
