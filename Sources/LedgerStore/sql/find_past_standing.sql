-- Where a user was in a snapshot, and how far it was to the next better score; nothing for whoever is not in it. $1:
-- the snapshot's number; $2: its point type; $3: the user; $4: whether ranks tell how many are better, as those of a
-- competition do. Returns the entry, what boards show of the user now, the first place with the same score, and the
-- score one place before that, NULL for the best. Locks: none.
-- Cost: a page of 64 users, and three index look-ups; without $4 one more for each halving, 20 of a million.
WITH RECURSIVE mine AS MATERIALIZED (
  SELECT e.*
  FROM (
    SELECT d.places[array_position(d.users, $3::text COLLATE "C")] AS place
    FROM (
      SELECT users, places FROM snapshot_users
      WHERE snapshot_number = $1::integer AND first_user <= $3::text COLLATE "C"
      ORDER BY first_user DESC LIMIT 1
    ) AS d
  ) AS p
  CROSS JOIN LATERAL (
    SELECT place, rank, user_id, score, reached_at, version
    FROM snapshot_entries WHERE snapshot_number = $1::integer AND place = p.place OFFSET 0
  ) AS e
),
search (low, high) AS (
  SELECT CASE WHEN $4::boolean THEN rank ELSE 1 END, CASE WHEN $4::boolean THEN rank ELSE place END FROM mine
  UNION ALL
  SELECT CASE WHEN e.score = m.score THEN s.low ELSE e.place + 1 END,
    CASE WHEN e.score = m.score THEN e.place ELSE s.high END
  FROM search s CROSS JOIN mine m
  CROSS JOIN LATERAL (
    SELECT place, score FROM snapshot_entries
    WHERE snapshot_number = $1::integer AND place = s.low + (s.high - s.low) / 2 OFFSET 0
  ) AS e
  WHERE s.low < s.high
),
first AS (SELECT max(low) AS place FROM search)
SELECT m.place, m.rank, m.user_id, m.score, m.reached_at, m.version, a.display_name, f.place, b.score
FROM mine m CROSS JOIN first f
LEFT JOIN LATERAL (
  SELECT display_name FROM accounts WHERE user_id = m.user_id AND point_type_id = $2::uuid OFFSET 0
) AS a ON true
LEFT JOIN LATERAL (
  SELECT score FROM snapshot_entries WHERE snapshot_number = $1::integer AND place = f.place - 1 OFFSET 0
) AS b ON true
