-- The first place whose rank is this or behind it. $1: the snapshot's number; $2: the rank; $3: how many members it
-- has. Returns a place, one behind the last if there is none. Ranks never fall with places, so halves are left out
-- until one place remains. Locks: none. Cost: an index look-up for each halving, 20 of a million.
WITH RECURSIVE search (low, high) AS (
  SELECT 1, $3::integer + 1
  UNION ALL
  SELECT CASE WHEN e.rank >= $2::integer THEN s.low ELSE e.place + 1 END,
    CASE WHEN e.rank >= $2::integer THEN e.place ELSE s.high END
  FROM search s
  CROSS JOIN LATERAL (
    SELECT place, rank FROM snapshot_entries
    WHERE snapshot_number = $1::integer AND place = s.low + (s.high - s.low) / 2 OFFSET 0
  ) AS e
  WHERE s.low < s.high
)
SELECT max(low) FROM search
