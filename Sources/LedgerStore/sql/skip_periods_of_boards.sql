-- Gives up the periods of boards that were removed. $1: ids of boards; $2: why. Returns nothing. Locks: the rows.
-- Repeats do nothing. Cost: one index range a board.
UPDATE periods SET state = 'skipped', reason = $2
WHERE board_id = ANY ($1::uuid[]) AND state IN ('open', 'closing', 'failed')
