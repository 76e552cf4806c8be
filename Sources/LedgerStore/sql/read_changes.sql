-- What revisions changed, in the order of user ids. $1: their numbers. Returns the number with each change; NULL for
-- the score of who was disqualified. Locks: none. Cost: one range of an index each.
SELECT snapshot_number, user_id, score_was, score, reached_at FROM snapshot_changes
WHERE snapshot_number = ANY ($1::integer[]) ORDER BY snapshot_number, user_id
