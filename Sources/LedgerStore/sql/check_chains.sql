-- Holds accounts against the chains of their transactions, in a range of (user, point type), and tells of those where
-- something does not fit. $1, $2: the account before the range; $3, $4: its last one; $5: the types, none for all;
-- $6: how many faulty accounts to tell of. Accounts without transactions, transactions without an account and accounts
-- without a user are found too. Returns a first row with an empty user that counts: links, accounts, faulty ones; then
-- of each faulty account what its chain comes to, the lowest version at which each rule is broken, the account's row
-- and its user's. What the running totals must be is said by Effect.swift.
-- It is one statement and sees one moment, so what is written meanwhile is no fault. Locks: none.
-- Cost: one range of the index of histories, 3 us a transaction; a few look-ups for each reversal.
WITH links AS (
  SELECT t.user_id, t.point_type_id, t.version, t.type, t.amount, t.before, t.after, t.total_earned, t.total_spent,
    t.kind, t.reverses, t.created_at, lead(t.version) OVER chain IS NULL AS is_last,
    coalesce(lag(t.version) OVER chain, 0) AS last_version, coalesce(lag(t.after) OVER chain, 0) AS last_after,
    coalesce(lag(t.total_earned) OVER chain, 0) AS last_earned,
    coalesce(lag(t.total_spent) OVER chain, 0) AS last_spent, lag(t.created_at) OVER chain AS last_created_at
  FROM transactions t
  WHERE (t.user_id, t.point_type_id) > ($1::text, $2::uuid) AND (t.user_id, t.point_type_id) <= ($3::text, $4::uuid)
    AND (cardinality($5::uuid[]) = 0 OR t.point_type_id = ANY ($5::uuid[]))
  WINDOW chain AS (PARTITION BY t.user_id, t.point_type_id ORDER BY t.version)
),
judged_links AS (
  SELECT l.*, l.total_earned - l.last_earned AS earned, l.total_spent - l.last_spent AS spent,
    CASE WHEN l.kind = 'reversal' THEN (
      -- What the original did to the totals is undone from its first unit on.
      SELECT CASE
        WHEN o.type = l.type OR r.before + l.amount > o.amount THEN 'reversal'
        WHEN l.total_earned - l.last_earned <> -sign(d.earned)
            * (least(r.before + l.amount, abs(d.earned)) - least(r.before, abs(d.earned)))
          OR l.total_spent - l.last_spent <> greatest(-l.last_spent, -sign(d.spent)
            * (least(r.before + l.amount, abs(d.spent)) - least(r.before, abs(d.spent)))) THEN 'totals'
        ELSE '' END
      FROM transactions o
      CROSS JOIN LATERAL (
        SELECT (o.total_earned - coalesce(max(b.total_earned), 0))::numeric AS earned,
          (o.total_spent - coalesce(max(b.total_spent), 0))::numeric AS spent
        FROM transactions b
        WHERE b.user_id = o.user_id AND b.point_type_id = o.point_type_id AND b.version = o.version - 1
      ) d
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(e.amount), 0) AS before FROM transactions e
        WHERE e.reverses = l.reverses AND e.user_id = l.user_id AND e.point_type_id = l.point_type_id
          AND e.version < l.version
      ) r
      WHERE o.id = l.reverses AND o.user_id = l.user_id AND o.point_type_id = l.point_type_id
        AND o.version < l.version
    ) END AS reversing
  FROM links l
),
chains AS MATERIALIZED (
  SELECT user_id, point_type_id, count(*) AS links, max(version) AS version,
    max(after) FILTER (WHERE is_last) AS balance, max(total_earned) FILTER (WHERE is_last) AS total_earned,
    max(total_spent) FILTER (WHERE is_last) AS total_spent, max(created_at) FILTER (WHERE is_last) AS last_at,
    max(created_at) FILTER (WHERE earned <> 0) AS earned_at,
    min(version) FILTER (WHERE version <> last_version + 1) AS gap,
    min(version) FILTER (WHERE before <> last_after) AS apart,
    min(version) FILTER (WHERE after - before <> CASE type WHEN 'credit' THEN amount ELSE -amount END) AS miscounted,
    min(version) FILTER (WHERE CASE
      WHEN kind = 'reversal' THEN reversing = 'totals'
      WHEN type = 'credit' THEN
        earned <> CASE WHEN kind IN ('refund', 'adjustment', 'penalty') THEN 0 ELSE amount END
        OR spent <> CASE WHEN kind = 'refund' THEN -least(amount, last_spent) ELSE 0 END
      ELSE earned <> 0 OR spent <> CASE WHEN kind IN ('purchase', 'redemption') THEN amount ELSE 0 END
    END) AS wrong_totals,
    min(version) FILTER (WHERE kind = 'reversal' AND coalesce(reversing, 'reversal') = 'reversal') AS wrong_reversal,
    min(version) FILTER (WHERE created_at < last_created_at) AS back_in_time
  FROM judged_links
  GROUP BY user_id, point_type_id
),
judged AS MATERIALIZED (
  SELECT coalesce(a.user_id, c.user_id) AS user_id, coalesce(a.point_type_id, c.point_type_id) AS point_type_id,
    coalesce(c.links, 0) AS links, c.version AS chain_version, c.balance AS chain_balance,
    c.total_earned AS chain_earned, c.total_spent AS chain_spent, c.last_at, c.earned_at AS chain_earned_at, c.gap,
    c.apart, c.miscounted, c.wrong_totals, c.wrong_reversal, c.back_in_time, a.balance, a.held, a.total_earned,
    a.total_spent, a.version, a.revision, a.last_transaction_at, a.earned_at, a.updated_at, a.display_name,
    a.user_enabled, u.id IS NOT NULL AS has_user, u.display_name AS user_name, u.enabled,
    (coalesce(c.gap, c.apart, c.miscounted, c.wrong_totals, c.wrong_reversal, c.back_in_time) IS NOT NULL
      OR c.user_id IS NULL OR a.user_id IS NULL OR u.id IS NULL
      OR a.balance <> c.balance OR a.total_earned <> c.total_earned OR a.total_spent <> c.total_spent
      OR a.version <> c.version OR a.revision < a.version OR a.held NOT BETWEEN 0 AND a.balance
      OR a.last_transaction_at IS DISTINCT FROM c.last_at OR a.earned_at IS DISTINCT FROM c.earned_at
      OR a.display_name IS DISTINCT FROM u.display_name OR a.user_enabled IS DISTINCT FROM u.enabled) AS is_faulty
  FROM chains c
  FULL JOIN (
    SELECT * FROM accounts b
    WHERE (b.user_id, b.point_type_id) > ($1::text, $2::uuid) AND (b.user_id, b.point_type_id) <= ($3::text, $4::uuid)
      AND (cardinality($5::uuid[]) = 0 OR b.point_type_id = ANY ($5::uuid[]))
  ) a ON a.user_id = c.user_id AND a.point_type_id = c.point_type_id
  -- OFFSET 0 keeps it one look-up an account: joined as a table, all users before the page would be read for each page.
  LEFT JOIN LATERAL (
    SELECT * FROM users WHERE id = coalesce(a.user_id, c.user_id) OFFSET 0
  ) u ON true
)
SELECT '' AS user_id, NULL::uuid, coalesce(sum(links), 0)::bigint, count(*), count(*) FILTER (WHERE is_faulty),
  NULL::bigint, NULL::bigint, NULL::timestamptz, NULL::timestamptz, NULL::bigint, NULL::bigint, NULL::bigint,
  NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint,
  NULL::bigint, NULL::timestamptz, NULL::timestamptz, NULL::timestamptz, NULL::text, NULL::boolean, NULL::boolean,
  NULL::text, NULL::boolean
FROM judged
UNION ALL
(SELECT user_id, point_type_id, links, chain_version, chain_balance, chain_earned, chain_spent, last_at,
  chain_earned_at, gap, apart, miscounted, wrong_totals, wrong_reversal, back_in_time, balance::bigint, held,
  total_earned::bigint, total_spent::bigint, version::bigint, revision, last_transaction_at, earned_at, updated_at,
  display_name, user_enabled, has_user, user_name, enabled
FROM judged WHERE is_faulty LIMIT $6::bigint)
