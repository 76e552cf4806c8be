-- Which of some reversals take back what they must not, or leave other totals than they must. $1: their ids. Returns
-- of each that is wrong its id, and whether it is its totals only. What the running totals must be is said by
-- Effect.swift. Locks: none. Cost: some look-ups each.
SELECT l.id, v.verdict = 'totals'
FROM unnest($1::uuid[]) WITH ORDINALITY AS k(id, place)
JOIN LATERAL (SELECT * FROM transactions WHERE id = k.id AND kind = 'reversal' OFFSET 0) l ON true
LEFT JOIN LATERAL (
  SELECT p.total_earned, p.total_spent FROM transactions p
  WHERE p.user_id = l.user_id AND p.point_type_id = l.point_type_id AND p.version < l.version
  ORDER BY p.version DESC LIMIT 1
) last ON true
CROSS JOIN LATERAL (
  SELECT coalesce((
    -- What the original did to the totals is undone from its first unit on.
    SELECT CASE
      WHEN o.type = l.type OR r.before + l.amount > o.amount THEN 'reversal'
      WHEN l.total_earned - coalesce(last.total_earned, 0) <> -sign(d.earned)
          * (least(r.before + l.amount, abs(d.earned)) - least(r.before, abs(d.earned)))
        OR l.total_spent - coalesce(last.total_spent, 0) <> greatest(-coalesce(last.total_spent, 0), -sign(d.spent)
          * (least(r.before + l.amount, abs(d.spent)) - least(r.before, abs(d.spent)))) THEN 'totals'
      ELSE '' END
    -- OFFSET 0 has it looked up by its id: by account and version, all that came before would be read.
    FROM (SELECT * FROM transactions WHERE id = l.reverses OFFSET 0) o
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
    WHERE o.user_id = l.user_id AND o.point_type_id = l.point_type_id AND o.version < l.version
  ), 'reversal') AS verdict
  OFFSET 0
) v
WHERE v.verdict <> ''
