-- Says that storing a period failed. $1: the board; $2: its number; $3: why. Returns nothing. Locks: the row.
-- Repeats write the same. Cost: one row.
UPDATE periods SET state = 'failed', reason = $3
WHERE board_id = $1 AND number = $2 AND state IN ('closing', 'failed')
