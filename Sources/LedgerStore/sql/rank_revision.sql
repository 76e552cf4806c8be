-- Ranks anew who is left, with the scores that were set: the entries of a revision from those of the snapshot before.
-- $1: the number of the one before; $2: the revision's; $3: the least score, which those that were set must have, too;
-- $4: style of ranks; $5: whether ascending. Returns nothing. Locks: none. A repeat collides with what is there.
-- Cost: the entries, which come nearly in order, and an index that is appended to: about 4 s a million.
WITH listed AS (
  SELECT e.user_id, coalesce(c.score, e.score) AS score, coalesce(c.reached_at, e.reached_at) AS reached_at, e.version
  FROM snapshot_entries e
  LEFT JOIN snapshot_changes c ON c.snapshot_number = $2::integer AND c.user_id = e.user_id
  WHERE e.snapshot_number = $1::integer
    AND (c.user_id IS NULL OR (c.score IS NOT NULL AND ($3::bigint IS NULL OR c.score >= $3::bigint)))
),
-- The best has the lowest key. No score is so low that it could not be negated.
keyed AS (SELECT l.*, CASE WHEN $5::boolean THEN score ELSE -score END AS key FROM listed l)
INSERT INTO snapshot_entries (snapshot_number, place, rank, user_id, score, reached_at, version)
SELECT $2::integer, row_number() OVER placed,
  CASE $4::text
    WHEN 'competition' THEN rank() OVER (ORDER BY key)
    WHEN 'dense' THEN dense_rank() OVER (ORDER BY key)
    ELSE row_number() OVER placed
  END,
  user_id, score, reached_at, version
FROM keyed
WINDOW placed AS (ORDER BY key, reached_at, user_id)
