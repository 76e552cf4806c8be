-- Entries of a snapshot in order. $1: its number; $2: behind this place; $3: how many. Places have no gaps, so both
-- ends are said: of a table that was not analyzed yet all behind the place would be read and sorted. Locks: none.
-- Cost: one range of an index, and rows that lie side by side.
SELECT place, rank, user_id, score, reached_at, version
FROM snapshot_entries
WHERE snapshot_number = $1::integer AND place > $2::integer AND place <= $2::bigint + $3::bigint
ORDER BY place
