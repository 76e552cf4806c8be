-- Adds what a rule of rewards gives, in the transaction in which it is added. $1: its id; $2: revision; $3, $4: point
-- types and amounts. Returns nothing. Locks: none that last. A repeat is refused. Cost: a row for each.
INSERT INTO reward_rule_amounts (rule_id, revision, point_type_id, amount)
SELECT $1::uuid, $2::integer, given.point_type_id, given.amount
FROM unnest($3::uuid[], $4::bigint[]) AS given (point_type_id, amount)
