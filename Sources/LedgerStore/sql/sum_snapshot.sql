-- What the stored entries of a snapshot come to now. $1: its number. Locks: none. Cost: all entries, about 0.8 s a
-- million.
SELECT members, score_sum::text, digest FROM snapshot_contents($1::integer)
