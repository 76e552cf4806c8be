-- Forgets what was read of a mirror for a snapshot. $1: its number. Returns nothing. Locks: the rows. Repeats do
-- nothing. Cost: those rows.
DELETE FROM snapshot_arrivals WHERE snapshot_number = $1::integer
