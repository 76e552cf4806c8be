-- Lines of a payout. $1: its number; $2: the number of the first; then for each, in order: $3: user; $4: point type;
-- $5: amount; $6: rule; $7: what is taken back; $8: place; $9: rank. Locks: the rows. In the transaction of the payout
-- only. Cost: an index that is appended to.
INSERT INTO distribution_legs (distribution_number, leg, user_id, point_type_id, amount, rule_id, takes_back, place,
  rank)
SELECT $1::integer, $2::integer + (t.number - 1)::integer, t.user_id, t.point_type, t.amount, t.rule, t.takes_back,
  t.place, t.rank
FROM unnest($3::text[], $4::uuid[], $5::bigint[], $6::uuid[], $7::uuid[], $8::integer[], $9::integer[])
  WITH ORDINALITY AS t (user_id, point_type, amount, rule, takes_back, place, rank, number)
ORDER BY t.number
