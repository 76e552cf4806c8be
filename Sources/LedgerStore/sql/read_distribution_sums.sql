-- What of each point type a payout gives and takes back. $1: its number. Locks: none. Cost: an index range.
SELECT point_type_id, given::text, taken::text, budget FROM distribution_sums
WHERE distribution_number = $1::integer ORDER BY point_type_id
