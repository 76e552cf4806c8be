-- Removes a schedule; the snapshots that were taken by it stay. $1: its name. Returns its id, or nothing if there is
-- none. Locks: the row. Repeats do nothing. Cost: one index look-up.
DELETE FROM snapshot_schedules WHERE name = $1::text RETURNING id
