-- The first place whose score is this or a worse one. $1: the snapshot's number; $2: the score; $3: whether the lowest
-- is the best; $4: how many members it has. Returns a place, one behind the last if there is none. Places are in the
-- order of scores, so halves are left out until one place remains. Locks: none.
-- Cost: an index look-up for each halving, 20 of a million.
WITH RECURSIVE search (low, high) AS (
  SELECT 1, $4::integer + 1
  UNION ALL
  SELECT CASE WHEN e.is_there THEN s.low ELSE e.place + 1 END, CASE WHEN e.is_there THEN e.place ELSE s.high END
  FROM search s
  CROSS JOIN LATERAL (
    SELECT place, CASE WHEN $3::boolean THEN score >= $2::bigint ELSE score <= $2::bigint END AS is_there
    FROM snapshot_entries
    WHERE snapshot_number = $1::integer AND place = s.low + (s.high - s.low) / 2 OFFSET 0
  ) AS e
  WHERE s.low < s.high
)
SELECT max(low) FROM search
