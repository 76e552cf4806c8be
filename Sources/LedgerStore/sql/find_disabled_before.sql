-- Who of some users was disabled just before an instant. $1: user ids; $2: the instant. The last word before it counts;
-- of whom nothing was said, they were enabled. Locks: none. Cost: one index look-up a user.
SELECT u.user_id
FROM unnest($1::text[]) AS u (user_id)
CROSS JOIN LATERAL (
  SELECT enabled FROM user_standings
  WHERE user_id = u.user_id AND since < $2::timestamptz
  ORDER BY since DESC LIMIT 1
) s
WHERE NOT s.enabled
