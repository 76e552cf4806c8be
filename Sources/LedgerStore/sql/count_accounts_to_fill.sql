-- For how many accounts boards are still to be filled, for people who watch a bar. Parameters: none. Locks: none.
-- Cost: one scan of an index for each point type that has such a board, or more if they are not equally far.
SELECT coalesce(sum((
  SELECT count(*) FROM accounts a WHERE a.point_type_id = f.point_type_id AND a.user_id > f.filled_until
)), 0)::bigint
FROM (SELECT DISTINCT point_type_id, filled_until FROM boards WHERE state = 'filling') AS f
