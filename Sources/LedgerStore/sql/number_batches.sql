-- Gives every visible batch without a position the next one, in the order of ids, and notes up to when they counted.
-- $1: how many at most. The caller took the numbering turn in an earlier statement, so that this one sees what the last
-- turn gave. Returns how many were numbered. Repeats number what is left. Locks: the batches numbered, and the one row
-- of counting, which nobody else locks. Cost: one update a batch, and one more.
WITH head AS (SELECT coalesce(max(position), 0) AS position FROM batches),
unnumbered AS (SELECT id FROM batches WHERE position IS NULL ORDER BY id LIMIT $1::bigint),
placed AS (SELECT id, row_number() OVER (ORDER BY id) AS place FROM unnumbered),
numbered AS (
  UPDATE batches b SET position = head.position + placed.place
  FROM placed, head
  WHERE b.id = placed.id
  RETURNING b.position, coalesce(b.counted_at, b.created_at) AS counted_at),
newest AS (SELECT max(counted_at) AS instant FROM numbered),
noted AS (
  UPDATE counting c SET counted_until = newest.instant
  FROM newest
  WHERE newest.instant > c.counted_until)
SELECT position FROM numbered
