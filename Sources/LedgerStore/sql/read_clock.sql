-- The time, and the generation of the definitions. Asked after the locks are held, so that time never goes back within
-- an account, and the generation is the one that holds until commit. Locks: none. Cost: one row.
SELECT clock_timestamp(), generation FROM settings
