-- Removes the last entries of a snapshot whose time is over. $1: its number; $2: so many at most. Returns nothing.
-- Locks: those rows. Repeats go on. Cost: those rows.
DELETE FROM snapshot_entries
WHERE snapshot_number = $1::integer
  AND place > (SELECT max(place) FROM snapshot_entries WHERE snapshot_number = $1::integer) - $2::integer
