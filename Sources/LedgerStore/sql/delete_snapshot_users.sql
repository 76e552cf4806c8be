-- Removes where the users of a snapshot are, when its time is over. $1: its number. Returns nothing. Locks: those rows.
-- Repeats do nothing. Cost: a row for 64 entries.
DELETE FROM snapshot_users WHERE snapshot_number = $1::integer
