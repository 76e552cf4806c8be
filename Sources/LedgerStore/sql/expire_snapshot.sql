-- From here on a snapshot is shown to nobody, and its entries may be removed; its row stays. $1: its id. Returns its
-- number, or nothing if its time is not over. Locks: the row. A repeat changes nothing. Cost: one row.
UPDATE snapshots SET state = 'expired'
WHERE id = $1::uuid AND removed_at IS NULL
  AND (state = 'expired' OR (state = 'complete' AND keep_until <= clock_timestamp()))
RETURNING number
