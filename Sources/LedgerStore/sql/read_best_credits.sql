-- The best credits of an account that count in a period of a board of best credits, by what is left of them. $1, $2:
-- user id and point type; $3 to $5: the categories that count, those that do not, whether rewards do; $6, $7: the
-- board's number and the period's; $8: when the period began; $9: how many. Asked only when a credit is taken back.
-- Locks: none beyond the caller's. Cost: the entries of the account that were made since the period began.
SELECT t.id, t.amount - coalesce(r.reversed, 0) AS remaining
FROM boards b
JOIN transactions t ON t.user_id = $1 AND t.point_type_id = $2::uuid AND t.created_at >= $8::timestamptz
LEFT JOIN LATERAL (
  SELECT sum(s.amount)::bigint AS reversed FROM transactions s WHERE s.reverses = t.id
) r ON true
WHERE b.number = $6::integer AND t.type = 'credit' AND t.kind NOT IN ('refund', 'reversal', 'adjustment', 'penalty')
  AND ($5::boolean OR t.kind <> 'distribution')
  AND (t.kind <> 'genesis' OR b.period = 'all_time')
  AND ($3::text[] IS NULL OR t.category = ANY ($3::text[]))
  AND ($4::text[] IS NULL OR t.category IS NULL OR t.category <> ALL ($4::text[]))
  -- Where it happened, if that was before it was written and that period took it then; else where it was written.
  AND $7::integer = coalesce(
    (SELECT p.number FROM periods p
      WHERE p.board_id = b.id AND t.occurred_at < t.created_at AND p.starts_at <= t.occurred_at
        AND p.ends_at > t.occurred_at AND t.created_at < p.ends_at + make_interval(secs => b.grace_seconds)),
    (SELECT p.number FROM periods p
      WHERE p.board_id = b.id AND p.starts_at <= t.created_at AND p.ends_at > t.created_at))
ORDER BY remaining DESC
LIMIT $9::bigint
