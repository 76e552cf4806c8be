-- The number of the last chunk of a payout. $1: its number. Locks: none. Cost: an index look-up.
SELECT max(chunk) FROM distribution_chunks WHERE distribution_number = $1::integer
