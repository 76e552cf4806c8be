-- Accounts in the order in which they lie, to be held against the ends of their chains. $1 to $6: as in
-- stream_links.sql. Returns the hash, the key, what the last link must be, and whether the row is wrong by itself or
-- against its user. Locks: none. Cost: the pages between the places and a look-up of each user, 2 us an account.
SELECT h.hash, a.user_id, a.point_type_id, a.version::bigint, a.balance::bigint, a.total_earned::bigint,
  a.total_spent::bigint, a.last_transaction_at, a.earned_at,
  u.id IS NULL OR a.held NOT BETWEEN 0 AND a.balance OR a.revision < a.version
    OR a.display_name IS DISTINCT FROM u.display_name OR a.user_enabled IS DISTINCT FROM u.enabled
FROM accounts a
CROSS JOIN LATERAL (SELECT hashtextextended(a.user_id, uuid_hash_extended(a.point_type_id, $6::bigint)) AS hash) h
-- OFFSET 0 keeps it one look-up an account: joined as a table, all users might be read for each stretch.
LEFT JOIN LATERAL (SELECT id, display_name, enabled FROM users WHERE id = a.user_id OFFSET 0) u ON true
WHERE a.ctid >= $1::tid AND a.ctid < $2::tid
  AND (cardinality($3::uuid[]) = 0 OR a.point_type_id = ANY ($3::uuid[]))
  AND h.hash & $4::bigint = $5::bigint
