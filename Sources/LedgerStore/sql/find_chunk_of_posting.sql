-- Which payout a posting is part of, and which of its lines. $1: the posting. Locks: none. Cost: an index look-up.
SELECT d.id, c.first_leg, c.last_leg
FROM distribution_chunks c JOIN distributions d ON d.number = c.distribution_number
WHERE c.posting_id = $1::uuid
