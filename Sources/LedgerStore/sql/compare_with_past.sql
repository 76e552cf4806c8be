-- Which ranks users had in the last snapshot before now: of the period that goes on, or if there is none, in the last
-- period that was closed; of one that was revised, in its newest revision. $1, $2: point type and board; $3: the
-- period, NULL where there is none; $4: from its start on; $5: whether snapshots of it are looked for at all; $6:
-- closes before this instant; $7: users. Returns the snapshot with each user that is in it; one row without a user if
-- none is; nothing if there is no snapshot. Locks: none.
-- Cost: two ranges of an index, and for each user a page of 64 users and a row.
WITH past AS MATERIALIZED (
  SELECT * FROM (
    (
      SELECT 1 AS turn, number, id, coalesce(original_purpose, purpose) AS purpose, period_label, as_of
      FROM snapshots s
      WHERE $5::boolean AND point_type_id = $1::uuid AND board = $2::text AND state = 'complete'
        AND as_of >= $4::timestamptz AND period_number IS NOT DISTINCT FROM $3::integer
        AND coalesce(original_purpose, purpose) <> 'close'
        -- OFFSET 0 keeps it a look-up for each: planned as a join it reads all snapshots there are.
        AND NOT EXISTS (SELECT FROM snapshots r WHERE r.revises = s.id OFFSET 0)
      ORDER BY as_of DESC, number DESC LIMIT 1
    )
    UNION ALL
    (
      SELECT 2, number, id, coalesce(original_purpose, purpose), period_label, as_of
      FROM snapshots s
      WHERE point_type_id = $1::uuid AND board = $2::text AND state = 'complete' AND as_of < $6::timestamptz
        AND coalesce(original_purpose, purpose) = 'close'
        AND NOT EXISTS (SELECT FROM snapshots r WHERE r.revises = s.id OFFSET 0)
      ORDER BY as_of DESC, number DESC LIMIT 1
    )
  ) AS s
  ORDER BY turn LIMIT 1
)
SELECT p.id, p.purpose, p.period_label, p.as_of, e.user_id, e.rank
FROM past p
LEFT JOIN LATERAL (
  SELECT u.user_id, r.rank
  FROM unnest($7::text[]) AS u (user_id)
  CROSS JOIN LATERAL (
    SELECT d.places[array_position(d.users, u.user_id COLLATE "C")] AS place
    FROM (
      SELECT users, places FROM snapshot_users
      WHERE snapshot_number = p.number AND first_user <= u.user_id COLLATE "C"
      ORDER BY first_user DESC LIMIT 1
    ) AS d
  ) AS f
  CROSS JOIN LATERAL (
    SELECT rank FROM snapshot_entries WHERE snapshot_number = p.number AND place = f.place OFFSET 0
  ) AS r
) AS e ON true
