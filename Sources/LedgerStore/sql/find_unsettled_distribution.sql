-- A payout for one of these snapshots that is not at its end. $1: the snapshots. Locks: none. Cost: an index look-up
-- each.
SELECT id FROM distributions WHERE snapshot_id = ANY ($1::uuid[]) AND phase IN ('waiting', 'paying') LIMIT 1
