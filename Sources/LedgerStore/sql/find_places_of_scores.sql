-- The first place of each of some scores, or of a worse one. $1: the snapshot's number; $2: the scores; $3: whether the
-- lowest is the best; $4: how many members it has. Returns places in the order asked for, one behind the last if there
-- is none. Places are in the order of scores, so halves are left out until one place remains. Locks: none. Cost: an
-- index look-up for each halving and score, 20 of a million.
WITH RECURSIVE search (turn, score, low, high) AS (
  SELECT s.turn, s.score, 1, $4::integer + 1 FROM unnest($2::bigint[]) WITH ORDINALITY AS s (score, turn)
  UNION ALL
  SELECT s.turn, s.score, CASE WHEN e.is_there THEN s.low ELSE e.place + 1 END,
    CASE WHEN e.is_there THEN e.place ELSE s.high END
  FROM search s
  CROSS JOIN LATERAL (
    SELECT place, CASE WHEN $3::boolean THEN score >= s.score ELSE score <= s.score END AS is_there
    FROM snapshot_entries
    WHERE snapshot_number = $1::integer AND place = s.low + (s.high - s.low) / 2 OFFSET 0
  ) AS e
  WHERE s.low < s.high
)
SELECT low FROM search WHERE low = high ORDER BY turn
