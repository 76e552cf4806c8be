-- The scores at some places of a snapshot, in the order asked for. $1: its number; $2: the places. Locks: none.
-- Cost: one index look-up each.
SELECT e.score
FROM unnest($2::integer[]) WITH ORDINALITY AS p (place, turn)
CROSS JOIN LATERAL (
  SELECT score FROM snapshot_entries WHERE snapshot_number = $1::integer AND place = p.place OFFSET 0
) AS e
ORDER BY p.turn
