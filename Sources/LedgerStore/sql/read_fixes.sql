-- What revisions changed of one user, from the first to one of the line. $1: the id of the first of the line; $2: up to
-- this revision; $3: the user. Returns the revision, its id, why, and the change. Locks: none.
-- Cost: one range of an index, and a look-up for each revision.
SELECT s.revision, s.id, s.why, c.user_id, c.score_was, c.score, c.reached_at
FROM snapshots s JOIN snapshot_changes c ON c.snapshot_number = s.number
WHERE s.original = $1::uuid AND s.revision <= $2::integer AND c.user_id = $3::text COLLATE "C"
ORDER BY s.revision
