-- How many rules of rewards there are: in all, and of one scope. $1: its point type; $2: its board, or NULL. Locks:
-- none. Cost: as many index entries as there are rules.
SELECT count(*), count(*) FILTER (WHERE point_type_id = $1::uuid AND coalesce(board, '') = coalesce($2::text, ''))
FROM reward_rules WHERE valid_until IS NULL
