-- Entries of a snapshot in order, with what boards show of their users now. $1: its number; $2: its point type; $3:
-- behind this place; $4: how many. Places have no gaps, so both ends are said; that, and OFFSET 0, keep it look-ups,
-- whatever the tables were like when the plan was made. Locks: none. Cost: one range of an index, rows that lie side by
-- side, and a look-up for each.
SELECT e.place, e.rank, e.user_id, e.score, e.reached_at, e.version, a.display_name
FROM (
  SELECT place, rank, user_id, score, reached_at, version
  FROM snapshot_entries
  WHERE snapshot_number = $1::integer AND place > $3::integer AND place <= $3::bigint + $4::bigint
  OFFSET 0
) AS e
LEFT JOIN LATERAL (
  SELECT display_name FROM accounts WHERE user_id = e.user_id AND point_type_id = $2::uuid OFFSET 0
) AS a ON true
ORDER BY e.place
