-- Waits no longer than half a second for any lock in this transaction: while it waits for the definitions alone, all
-- who write wait behind it. Parameters: none. Returns nothing of use. Locks: none. Cost: no table is touched.
SELECT set_config('lock_timeout', '500ms', true)
