-- A payout of which everything is posted is paid. $1: its number. Locks: its row. Repeats do nothing. Cost: its chunks.
UPDATE distributions SET phase = 'paid', executed_at = clock_timestamp()
WHERE number = $1::integer AND phase = 'paying'
  AND NOT EXISTS (SELECT FROM distribution_chunks c WHERE c.distribution_number = $1::integer AND c.settled_at IS NULL)
