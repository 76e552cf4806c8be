-- Has a payout alone: nobody else decides about it meanwhile. $1: its id. Locks: its row. Cost: an index look-up.
SELECT number FROM distributions WHERE id = $1::uuid FOR UPDATE
