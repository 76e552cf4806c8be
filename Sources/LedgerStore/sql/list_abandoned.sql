-- Snapshots that are being built and that nobody seems to be taking, the first begun first. Those of a schedule are
-- taken by whoever looks for them, and again half a minute after an attempt that came to nothing; those on demand, by
-- whom they were asked for, unless that takes longer than an answer may; reading a mirror for one may take ten minutes.
-- Closes are for whoever closes periods. $1: how many. Locks: those rows for a moment; passes by what another has in
-- hand. Cost: one range of a small index.
SELECT id, number, point_type_id, board, board_name, category, period_number, period_label, purpose, source, slot_key,
  min_score, min_count, enabled_only, rank_style, ascending, as_of, keep_until, state, reason, began_at, taken_at,
  position, members, score_sum::text, digest, checked, drifted, repaired, removed_at,
  schedule_id, schedule_name, due_at, not_compared, attempts, revises, original, original_purpose, revision
FROM snapshots
WHERE state = 'building' AND CASE purpose
  WHEN 'scheduled' THEN tried_at IS NULL OR tried_at < clock_timestamp() - interval '30 seconds'
  WHEN 'demand' THEN coalesce(tried_at, began_at)
    < clock_timestamp() - CASE source WHEN 'live' THEN interval '10 minutes' ELSE interval '1 minute' END
  ELSE false
END
ORDER BY number LIMIT $1::bigint FOR UPDATE SKIP LOCKED
