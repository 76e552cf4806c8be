-- Says yes or no to a payout that waits. $1: its number; $2: the phase; $3: why, or NULL; $4, $5: who. Locks: its row.
UPDATE distributions SET phase = $2::text, reason = $3::text, decided_at = clock_timestamp(), decided_by = $4::uuid,
  decider = $5::text
WHERE number = $1::integer AND phase = 'waiting'
