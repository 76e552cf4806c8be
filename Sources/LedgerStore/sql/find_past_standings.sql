-- Where users were in a snapshot, and how far it was for each to the next better score; those who are not in it are
-- left out. $1: the snapshot's number; $2: its point type; $3: the users, none twice; $4: whether ranks tell how many
-- are better, as those of a competition do. Returns the entry, what boards show of the user now, the first place with
-- the same score, and the score one place before that, NULL for the best. Locks: none.
-- Cost: for each a page of 64 users, and three index look-ups; without $4 one more for each halving, 20 of a million.
WITH RECURSIVE mine AS MATERIALIZED (
  SELECT e.*
  -- In a query of its own, the list says nothing of its length to the planner: else it would plan anew for each.
  FROM unnest((SELECT $3::text[])) AS u (user_id)
  CROSS JOIN LATERAL (
    SELECT d.places[array_position(d.users, u.user_id COLLATE "C")] AS place
    FROM (
      SELECT users, places FROM snapshot_users
      WHERE snapshot_number = $1::integer AND first_user <= u.user_id COLLATE "C"
      ORDER BY first_user DESC LIMIT 1
    ) AS d
  ) AS p
  CROSS JOIN LATERAL (
    SELECT place, rank, user_id, score, reached_at, version
    FROM snapshot_entries WHERE snapshot_number = $1::integer AND place = p.place OFFSET 0
  ) AS e
),
search (place, score, low, high) AS (
  SELECT place, score, CASE WHEN $4::boolean THEN rank ELSE 1 END, CASE WHEN $4::boolean THEN rank ELSE place END
  FROM mine
  UNION ALL
  SELECT s.place, s.score, CASE WHEN e.score = s.score THEN s.low ELSE e.place + 1 END,
    CASE WHEN e.score = s.score THEN e.place ELSE s.high END
  FROM search s
  CROSS JOIN LATERAL (
    SELECT place, score FROM snapshot_entries
    WHERE snapshot_number = $1::integer AND place = s.low + (s.high - s.low) / 2 OFFSET 0
  ) AS e
  WHERE s.low < s.high
),
first AS (SELECT place, max(low) AS first_place FROM search GROUP BY place)
SELECT m.place, m.rank, m.user_id, m.score, m.reached_at, m.version, a.display_name, f.first_place, b.score
FROM mine m JOIN first f ON f.place = m.place
LEFT JOIN LATERAL (
  SELECT display_name FROM accounts WHERE user_id = m.user_id AND point_type_id = $2::uuid OFFSET 0
) AS a ON true
LEFT JOIN LATERAL (
  SELECT score FROM snapshot_entries WHERE snapshot_number = $1::integer AND place = f.first_place - 1 OFFSET 0
) AS b ON true
