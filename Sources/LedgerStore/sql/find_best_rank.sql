-- The best rank that a user ever had on a board; of equal ones the first. Of snapshots that were revised the newest
-- revision counts. $1, $2: point type and board; $3: in snapshots of one purpose, or NULL; $4: the user. Locks: none.
-- Cost: three index look-ups for each snapshot of the board.
SELECT s.id, s.number, s.as_of, s.purpose, s.period_number, s.period_label, s.revision, s.members,
  e.place, e.rank, e.user_id, e.score, e.reached_at, e.version
FROM (
  SELECT id, number, as_of, coalesce(original_purpose, purpose) AS purpose, period_number, period_label, revision,
    members
  FROM snapshots s
  WHERE point_type_id = $1::uuid AND board = $2::text AND state = 'complete'
    AND ($3::text IS NULL OR coalesce(original_purpose, purpose) = $3::text)
    AND NOT EXISTS (SELECT FROM snapshots r WHERE r.revises = s.id)
) AS s
CROSS JOIN LATERAL (
  SELECT d.places[array_position(d.users, $4::text COLLATE "C")] AS place
  FROM (
    SELECT users, places FROM snapshot_users
    WHERE snapshot_number = s.number AND first_user <= $4::text COLLATE "C"
    ORDER BY first_user DESC LIMIT 1
  ) AS d
) AS p
CROSS JOIN LATERAL (
  SELECT * FROM snapshot_entries WHERE snapshot_number = s.number AND place = p.place OFFSET 0
) AS e
ORDER BY e.rank, s.as_of, s.number LIMIT 1
