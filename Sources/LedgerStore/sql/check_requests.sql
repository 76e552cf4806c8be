-- Finds remembered requests whose posting is not there, in a page in the order of digests. $1: the digest before the
-- page; $2: how many. Returns a first row with the last digest of the page, nothing for an empty one, and their count;
-- then the digests and postings that are missing. Locks: none. Cost: one index range, one look-up a request.
WITH page AS MATERIALIZED (
  SELECT digest, posting_id FROM requests WHERE digest > $1::uuid ORDER BY digest LIMIT $2::bigint
)
SELECT (SELECT digest FROM page ORDER BY digest DESC LIMIT 1), NULL::uuid, count(*) FROM page
UNION ALL
SELECT p.digest, p.posting_id, 0 FROM page p
WHERE p.posting_id IS NOT NULL AND NOT EXISTS (
  -- A leg's id is its posting's with the leg's number in the last two bytes.
  SELECT FROM transactions t
  WHERE t.id BETWEEN p.posting_id AND (left(p.posting_id::text, 32) || 'ffff')::uuid OFFSET 0)
