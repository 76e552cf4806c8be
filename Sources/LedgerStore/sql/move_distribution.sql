-- Moves a payout on. $1: its number; $2: the phase; $3: why, or NULL. Locks: its row. Its guard says what may follow
-- what.
UPDATE distributions SET phase = $2::text, reason = $3::text WHERE number = $1::integer AND phase <> $2::text
