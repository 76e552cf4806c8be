-- Two snapshots side by side, in the order of users. $1, $2: their numbers; $3: behind this user; $4: how many users.
-- Returns place, rank, user, score, reached at and version in the first, and the same in the second; NULL where
-- somebody is not in it. Locks: none. Cost: in each a range of an index, and a look-up for each user.
SELECT a.place, a.rank, a.user_id, a.score, a.reached_at, a.version,
  b.place, b.rank, b.user_id, b.score, b.reached_at, b.version
FROM (
  SELECT e.*
  FROM (
    SELECT u.user_id, u.place
    FROM (
      SELECT users, places FROM snapshot_users
      WHERE snapshot_number = $1::integer AND first_user >= coalesce((
        SELECT max(first_user) FROM snapshot_users
        WHERE snapshot_number = $1::integer AND first_user <= $3::text COLLATE "C"), '')
      -- One that may have nobody behind the user, and one that may be the last and short.
      ORDER BY first_user LIMIT $4::bigint / 64 + 2
    ) AS d
    CROSS JOIN LATERAL unnest(d.users, d.places) AS u (user_id, place)
    WHERE u.user_id > $3::text COLLATE "C" ORDER BY u.user_id COLLATE "C" LIMIT $4::bigint
  ) AS p
  CROSS JOIN LATERAL (
    SELECT * FROM snapshot_entries WHERE snapshot_number = $1::integer AND place = p.place OFFSET 0
  ) AS e
) AS a
FULL JOIN (
  SELECT e.*
  FROM (
    SELECT u.user_id, u.place
    FROM (
      SELECT users, places FROM snapshot_users
      WHERE snapshot_number = $2::integer AND first_user >= coalesce((
        SELECT max(first_user) FROM snapshot_users
        WHERE snapshot_number = $2::integer AND first_user <= $3::text COLLATE "C"), '')
      ORDER BY first_user LIMIT $4::bigint / 64 + 2
    ) AS d
    CROSS JOIN LATERAL unnest(d.users, d.places) AS u (user_id, place)
    WHERE u.user_id > $3::text COLLATE "C" ORDER BY u.user_id COLLATE "C" LIMIT $4::bigint
  ) AS p
  CROSS JOIN LATERAL (
    SELECT * FROM snapshot_entries WHERE snapshot_number = $2::integer AND place = p.place OFFSET 0
  ) AS e
) AS b ON b.user_id = a.user_id
ORDER BY coalesce(a.user_id, b.user_id) COLLATE "C" LIMIT $4::bigint
