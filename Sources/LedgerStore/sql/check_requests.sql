-- Finds remembered requests whose posting is not there, among those that lie between two places. $1, $2: the places
-- from which and before which. Returns a first row with their count; then the postings that are missing.
-- Locks: none. Cost: the pages between the places, and one look-up a request.
WITH page AS MATERIALIZED (
  SELECT posting_id FROM requests WHERE ctid >= $1::tid AND ctid < $2::tid
)
SELECT NULL::uuid, count(*) FROM page
UNION ALL
SELECT p.posting_id, 0 FROM page p
WHERE p.posting_id IS NOT NULL AND NOT EXISTS (
  -- A leg's id is its posting's with the leg's number in the last two bytes.
  SELECT FROM transactions t
  WHERE t.id BETWEEN p.posting_id AND (left(p.posting_id::text, 32) || 'ffff')::uuid OFFSET 0)
