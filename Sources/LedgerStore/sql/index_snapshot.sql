-- Writes down where each user of a snapshot is. $1: its number. Returns nothing. Locks: none. A repeat collides with
-- what is there. Cost: the entries and a sort, about 2 s a million.
INSERT INTO snapshot_users (snapshot_number, first_user, users, places)
SELECT $1::integer, min(user_id), array_agg(user_id), array_agg(place)
FROM (
  SELECT user_id, place, (row_number() OVER (ORDER BY user_id) - 1) / 64 AS page
  FROM snapshot_entries WHERE snapshot_number = $1::integer
  ORDER BY user_id
) AS e
GROUP BY page
