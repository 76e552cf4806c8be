-- Entries of a snapshot in order. $1: its number; $2: behind this place; $3: how many. Locks: none.
-- Cost: one range of an index, and rows that lie side by side.
SELECT place, rank, user_id, score, reached_at, version
FROM snapshot_entries WHERE snapshot_number = $1::integer AND place > $2::integer
ORDER BY place LIMIT $3::bigint
