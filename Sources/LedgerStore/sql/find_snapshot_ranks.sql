-- Where users are in a snapshot; those who are not in it are left out. $1: the snapshot's number; $2: users. OFFSET 0
-- keeps it look-ups, whatever the tables were like when the plan was made. Locks: none.
-- Cost: a page of 64 users and a row each, by two index look-ups.
SELECT e.place, e.rank, e.user_id, e.score, e.reached_at, e.version
FROM unnest($2::text[]) AS u (user_id)
CROSS JOIN LATERAL (
  SELECT d.places[array_position(d.users, u.user_id COLLATE "C")] AS place
  FROM (
    SELECT users, places FROM snapshot_users
    WHERE snapshot_number = $1::integer AND first_user <= u.user_id COLLATE "C"
    ORDER BY first_user DESC LIMIT 1
  ) AS d
) AS p
CROSS JOIN LATERAL (
  SELECT * FROM snapshot_entries WHERE snapshot_number = $1::integer AND place = p.place OFFSET 0
) AS e
