-- Of how many members the ledger says something else than a snapshot that was read of a mirror: another score, no
-- place, or a place that is not in it. $1: the snapshot's number. Who has gone on since is held against the
-- transaction at which he was read; where scores are those of a period there is none to hold him against, and he
-- counts. Locks: none. Cost: all accounts of the type, and an index look-up for each who has gone on.
WITH s AS (SELECT * FROM snapshots WHERE number = $1::integer),
member AS (
  SELECT a.user_id, a.version, a.last_transaction_at,
    CASE s.board
      WHEN 'balance' THEN a.balance
      WHEN 'earned' THEN a.total_earned
      ELSE a.slot_values[3 * array_position(a.slot_keys, s.slot_key) - 2]
    END AS score,
    (NOT s.enabled_only OR a.user_enabled)
      AND (s.slot_key IS NULL OR s.min_count IS NULL
        OR a.slot_values[3 * array_position(a.slot_keys, s.slot_key)] >= s.min_count) AS may_be_listed
  FROM accounts a, s
  WHERE a.point_type_id = s.point_type_id AND CASE s.board
    WHEN 'balance' THEN a.version > 0
    WHEN 'earned' THEN a.earned_at IS NOT NULL
    ELSE a.slot_keys @> ARRAY[s.slot_key]
  END
)
SELECT count(*)
FROM (SELECT user_id, version, score FROM snapshot_entries WHERE snapshot_number = $1::integer) AS e
FULL JOIN member m ON m.user_id = e.user_id
CROSS JOIN s
WHERE CASE
  WHEN e.user_id IS NULL THEN
    m.may_be_listed AND (s.min_score IS NULL OR m.score >= s.min_score) AND m.last_transaction_at <= s.taken_at
  WHEN m.user_id IS NULL THEN true
  WHEN m.version = e.version THEN m.score <> e.score
  WHEN s.slot_key IS NOT NULL THEN true
  ELSE NOT EXISTS (
    SELECT FROM transactions t
    WHERE t.user_id = e.user_id AND t.point_type_id = s.point_type_id AND t.version = e.version
      AND e.score = CASE s.board WHEN 'balance' THEN t.after ELSE t.total_earned END)
END
