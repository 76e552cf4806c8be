-- Ranks all who are listed and stores them: one statement, so all are of one moment of the ledger, and the position it
-- had is that moment's. $1: the snapshot's number; $2: where scores come from: `slots`, `balance`, `earned` or
-- `arrivals`; $3: the point type; $4: the slot; $5, $6: least score and count; $7: whether enabled users only; $8: and
-- if so, enabled just before that instant, or, if NULL, now; $9: style of ranks; $10: whether ascending; $11: the
-- position that arrivals reflect. Returns nothing. Locks: the snapshot's row. A repeat collides with what is there.
-- Cost: all accounts of the type, a sort, an index that is appended to: about 4 s a million.
WITH cut AS (
  UPDATE snapshots
  SET taken_at = statement_timestamp(), as_of = coalesce(as_of, statement_timestamp()),
    position = CASE $2::text WHEN 'arrivals' THEN $11::bigint ELSE (SELECT max(position) FROM batches) END
  WHERE number = $1::integer
),
-- The last word before the instant counts; of whom nothing was said, they were enabled.
disabled AS MATERIALIZED (
  SELECT s.user_id
  FROM (
    SELECT DISTINCT ON (user_id) user_id, enabled FROM user_standings
    WHERE $7::boolean AND since < $8::timestamptz
    ORDER BY user_id, since DESC
  ) AS s
  WHERE NOT s.enabled
),
-- All columns are cast alike, so that of the plan only the branch that is meant remains.
member AS (
  -- Three values of each slot: score, when it was reached, in microseconds since 1970, and how many entries count.
  -- OFFSET 0 has each place, and each slot, looked up once.
  SELECT user_id, slot[1] AS score, 'epoch'::timestamptz + slot[2] * interval '1 microsecond' AS reached_at,
    version::bigint AS version, user_enabled, slot[3] AS entries
  FROM (
    SELECT user_id, version, user_enabled, slot_values[3 * place - 2:3 * place] AS slot
    FROM (
      SELECT user_id, version, user_enabled, slot_values, array_position(slot_keys, $4::bigint) AS place
      FROM accounts WHERE $2::text = 'slots' AND point_type_id = $3::uuid OFFSET 0
    ) AS a
    WHERE place IS NOT NULL OFFSET 0
  ) AS b
  UNION ALL
  SELECT user_id, balance::bigint, last_transaction_at, version::bigint, user_enabled, version::bigint
  FROM accounts WHERE $2::text = 'balance' AND point_type_id = $3::uuid AND version > 0
  UNION ALL
  SELECT user_id, total_earned::bigint, earned_at, version::bigint, user_enabled, version::bigint
  FROM accounts WHERE $2::text = 'earned' AND point_type_id = $3::uuid AND earned_at IS NOT NULL
  UNION ALL
  SELECT user_id, score, reached_at, version, true, NULL::bigint
  FROM snapshot_arrivals WHERE $2::text = 'arrivals' AND snapshot_number = $1::integer
),
-- The best has the lowest key. No score is so low that it could not be negated.
listed AS (
  SELECT m.user_id, m.score, m.reached_at, m.version, CASE WHEN $10::boolean THEN m.score ELSE -m.score END AS key
  FROM member m LEFT JOIN disabled d ON d.user_id = m.user_id
  WHERE $2::text = 'arrivals'
    OR (($5::bigint IS NULL OR m.score >= $5::bigint) AND ($6::bigint IS NULL OR m.entries >= $6::bigint)
      AND (NOT $7::boolean OR CASE WHEN $8::timestamptz IS NULL THEN m.user_enabled ELSE d.user_id IS NULL END))
  ORDER BY key, m.reached_at, m.user_id
)
-- Sorted once: the windows ask for no more than the order in which they get the rows, and number them as they come.
INSERT INTO snapshot_entries (snapshot_number, place, rank, user_id, score, reached_at, version)
SELECT $1::integer, row_number() OVER sorted,
  CASE $9::text
    WHEN 'competition' THEN rank() OVER sorted
    WHEN 'dense' THEN dense_rank() OVER sorted
    ELSE row_number() OVER sorted
  END,
  user_id, score, reached_at, version
FROM listed
WINDOW sorted AS (ORDER BY key)
