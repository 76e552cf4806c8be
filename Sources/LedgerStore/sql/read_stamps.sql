-- In which state accounts of a point type are. $1: the type; $2: user ids. Returns the place of each account's user,
-- from 1, its revision and when it was made; nothing for those that do not exist.
-- OFFSET 0 keeps it one look-up an account: a plan made while the table was small would scan it whole.
-- Locks: none. Cost: that.
SELECT k.place, a.revision, a.updated_at
FROM unnest($2::text[]) WITH ORDINALITY AS k (user_id, place)
CROSS JOIN LATERAL (
  SELECT * FROM accounts WHERE user_id = k.user_id AND point_type_id = $1::uuid OFFSET 0
) AS a
