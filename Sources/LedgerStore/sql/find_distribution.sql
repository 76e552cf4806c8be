-- A payout. $1: its id. Locks: none. Cost: an index look-up; of one that is not paid also its postings.
SELECT * FROM payouts WHERE id = $1::uuid
