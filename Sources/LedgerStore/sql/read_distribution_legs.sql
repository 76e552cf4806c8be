-- Lines of a payout, in order. $1: its number; $2: behind this one; $3: how many. They have no gaps, so both ends are
-- said: of a table that was not analyzed yet all behind the line would be read and sorted. Locks: none. Cost: an
-- index range.
SELECT leg, user_id, point_type_id, amount, rule_id, takes_back, place, rank FROM distribution_legs
WHERE distribution_number = $1::integer AND leg > $2::integer AND leg <= $2::bigint + $3::bigint
ORDER BY leg
