-- The next links of some chains in order, with account and user, all of one moment. $1, $2, $3: of each account user,
-- point type and the version behind which to read; $4: how many links at most of each. Returns the place of the
-- account among them, and either a link as in stream_links.sql, or, after the links and once for each, what is known
-- of account and user. Locks: none. Cost: one range of the index of histories for each, 5 us a link.
WITH asked AS MATERIALIZED (
  SELECT * FROM unnest($1::text[], $2::uuid[], $3::bigint[]) WITH ORDINALITY
    AS k(user_id, point_type_id, version, place)
)
SELECT k.place, t.version::bigint AS version,
  CASE t.type WHEN 'credit' THEN 0 ELSE 8 END + CASE t.kind
    WHEN 'reversal' THEN 1 WHEN 'refund' THEN 2 WHEN 'adjustment' THEN 3 WHEN 'penalty' THEN 3
    WHEN 'purchase' THEN 4 WHEN 'redemption' THEN 4 ELSE 0 END AS effect,
  t.amount::bigint AS amount, t.before::bigint AS before, t.after::bigint AS after,
  t.total_earned::bigint AS total_earned, t.total_spent::bigint AS total_spent, t.created_at,
  CASE t.kind WHEN 'reversal' THEN t.id END AS reversal,
  NULL::bigint AS held, NULL::bigint AS revision, NULL::timestamptz AS earned_at, NULL::timestamptz AS updated_at,
  NULL::text AS display_name, NULL::boolean AS user_enabled, NULL::text AS user_name, NULL::boolean AS enabled,
  false AS is_end, NULL::text AS user_id, NULL::uuid AS point_type_id
FROM asked k
CROSS JOIN LATERAL (
  SELECT * FROM transactions t
  WHERE t.user_id = k.user_id AND t.point_type_id = k.point_type_id AND t.version > k.version
  ORDER BY t.version LIMIT $4::bigint
) t
UNION ALL
-- A column that is never NULL in a row is NULL where there is no row.
SELECT k.place, a.version::bigint, NULL, NULL, NULL, a.balance::bigint, a.total_earned::bigint, a.total_spent::bigint,
  a.last_transaction_at, NULL, a.held::bigint, a.revision, a.earned_at, a.updated_at, a.display_name, a.user_enabled,
  u.display_name, u.enabled, true, k.user_id, k.point_type_id
FROM asked k
LEFT JOIN LATERAL (
  SELECT * FROM accounts a WHERE a.user_id = k.user_id AND a.point_type_id = k.point_type_id OFFSET 0
) a ON true
LEFT JOIN LATERAL (SELECT * FROM users WHERE id = k.user_id OFFSET 0) u ON true
ORDER BY place, is_end, version
