-- Removes a lease for good. $1: its name; $2: who must hold it now. Repeats do nothing. Locks: the lease's row.
-- Returns: nothing. Cost: one row.
DELETE FROM leases WHERE name = $1::text AND holder = $2::uuid
