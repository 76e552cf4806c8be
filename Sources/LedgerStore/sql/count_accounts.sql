-- How many accounts a point type has, for people who watch a bar. $1: the type. Locks: none.
-- Cost: one scan of an index.
SELECT count(*) FROM accounts WHERE point_type_id = $1::uuid
