-- Has some ranks alone, with all their revisions, until the transaction ends: what is planned for one is set against
-- what the others gave. $1: the id of the first of them. Locks: that, as an advisory lock. Cost: nothing.
SELECT pg_advisory_xact_lock(hashtextextended('points: payouts for ' || ($1::uuid)::text, 0))
