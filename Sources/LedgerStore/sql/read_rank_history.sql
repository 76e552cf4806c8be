-- The ranks of a user on a board, the newest first by the instant they show; of snapshots that were revised, in the
-- newest revision. $1, $2: point type and board; $3: in snapshots of one purpose, or NULL; $4: the user; $5, $6: in
-- those before this instant and number; $7: how many snapshots to look at. Returns all of those, with NULL for the
-- entry where the user is not in one, so that the caller knows where to go on. Locks: none.
-- Cost: a range of an index, and three look-ups for each snapshot.
SELECT s.id, s.number, s.as_of, s.purpose, s.period_number, s.period_label, s.revision, s.members,
  e.place, e.rank, e.user_id, e.score, e.reached_at, e.version
FROM (
  SELECT id, number, as_of, coalesce(original_purpose, purpose) AS purpose, period_number, period_label, revision,
    members
  FROM snapshots s
  WHERE point_type_id = $1::uuid AND board = $2::text AND state = 'complete'
    AND ($3::text IS NULL OR coalesce(original_purpose, purpose) = $3::text)
    AND (as_of, number) < ($5::timestamptz, $6::integer)
    -- OFFSET 0 keeps it a look-up for each: planned as a join it reads all snapshots there are.
    AND NOT EXISTS (SELECT FROM snapshots r WHERE r.revises = s.id OFFSET 0)
  ORDER BY as_of DESC, number DESC LIMIT $7::bigint
) AS s
LEFT JOIN LATERAL (
  SELECT users, places FROM snapshot_users
  WHERE snapshot_number = s.number AND first_user <= $4::text COLLATE "C"
  ORDER BY first_user DESC LIMIT 1
) AS d ON true
LEFT JOIN LATERAL (
  SELECT * FROM snapshot_entries
  WHERE snapshot_number = s.number AND place = d.places[array_position(d.users, $4::text COLLATE "C")] OFFSET 0
) AS e ON true
ORDER BY s.as_of DESC, s.number DESC
