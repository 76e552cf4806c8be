-- The time, and the generation of the definitions. Asked after the locks are held, so that time never goes back within
-- an account, nor into what is closed, and the generation is the one that holds until commit. Locks: none.
-- Cost: one row.
SELECT greatest(clock_timestamp(), closed_until), generation FROM settings
