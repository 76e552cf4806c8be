-- Seals a snapshot with what it comes to. $1: its number. Returns its row. Locks: the row. A repeat finds it sealed.
-- Cost: all entries, about 0.3 s a million.
-- Members, sum and digest are what `snapshot_contents` tells of the entries, by which whoever verifies checks them.
-- Here each thousand is read along the index, in order; that function sorts each.
UPDATE snapshots s
SET state = 'complete', members = c.members, score_sum = c.score_sum, digest = c.digest
FROM (
  SELECT coalesce(sum(t.members), 0)::bigint AS members, coalesce(sum(t.score_sum), 0) AS score_sum,
    sha256(coalesce(string_agg(t.digest, ''::bytea ORDER BY number), ''::bytea)) AS digest
  FROM generate_series(0, ((SELECT max(place) FROM snapshot_entries WHERE snapshot_number = $1::integer) - 1) / 1000)
    AS number
  CROSS JOIN LATERAL (
    SELECT count(*) AS members, sum(e.score) AS score_sum, sha256(string_agg(e.bytes, ''::bytea)) AS digest
    FROM (
      SELECT score,
        int4send(rank) || int8send(score) || timestamptz_send(reached_at) || int4send(octet_length(user_id))
          || convert_to(user_id, 'UTF8') AS bytes
      FROM snapshot_entries
      WHERE snapshot_number = $1::integer AND place > 1000 * number AND place <= 1000 * number + 1000
      ORDER BY place
    ) AS e
  ) AS t
) AS c
WHERE s.number = $1::integer AND s.state = 'building'
RETURNING id, number, point_type_id, board, board_name, category, period_number, period_label, purpose, source,
  slot_key, min_score, min_count, enabled_only, rank_style, ascending, as_of, keep_until, state, reason, began_at,
  taken_at, position, s.members, s.score_sum::text, s.digest, checked, drifted, repaired, removed_at,
  schedule_id, schedule_name, due_at, not_compared, attempts, revises, original, original_purpose, revision
