-- Adds how much is given away at most, in the transaction in which the terms are added. $1: their id; $2, $3: point
-- types and amounts. Returns nothing. Locks: none that last. A repeat is refused. Cost: a row for each.
INSERT INTO reward_budgets (terms_id, point_type_id, amount)
SELECT $1::uuid, most.point_type_id, most.amount
FROM unnest($2::uuid[], $3::bigint[]) AS most (point_type_id, amount)
