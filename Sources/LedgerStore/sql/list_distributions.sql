-- The payouts, the last planned first. $1: of one point type's boards, or NULL for all; $2: for one snapshot, or NULL;
-- $3: in these phases, or in any if there are none; $4: numbers below this; $5: how many. Locks: none. Cost: an index
-- from there on, as far as the page reaches, and the postings of each that is not paid.
SELECT * FROM payouts
WHERE number < $4::integer AND ($1::uuid IS NULL OR point_type_id = $1::uuid)
  AND ($2::uuid IS NULL OR snapshot_id = $2::uuid) AND (cardinality($3::text[]) = 0 OR phase = ANY ($3::text[]))
ORDER BY number DESC LIMIT $5::bigint
