-- What of each point type is given and taken back. $1: the payout's number; $2: point types; $3: given; $4: taken back;
-- $5: budgets. Locks: the rows. In the transaction of the payout only.
INSERT INTO distribution_sums (distribution_number, point_type_id, given, taken, budget)
SELECT $1::integer, t.point_type, t.given::numeric, t.taken::numeric, t.budget
FROM unnest($2::uuid[], $3::text[], $4::text[], $5::bigint[]) AS t (point_type, given, taken, budget)
