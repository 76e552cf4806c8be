-- The line that a snapshot is in: the original and its revisions, in their order. $1: the original. Locks: none. Cost:
-- two index ranges.
SELECT id, revision FROM snapshots WHERE id = $1::uuid
UNION ALL
SELECT id, revision FROM snapshots WHERE original = $1::uuid
ORDER BY revision
