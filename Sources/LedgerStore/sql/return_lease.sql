-- Gives a lease back, so that the next holder need not wait. $1: its name; $2: who holds it. Repeats do nothing.
-- Locks: the lease's row. Cost: one small update.
UPDATE leases SET expires_at = clock_timestamp() WHERE name = $1::text AND holder = $2::uuid
