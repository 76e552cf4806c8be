-- The payout for the ranks of a snapshot that is not rejected, and is not one that could not be planned. $1: the
-- snapshot. Locks: none. Cost: an index look-up; of one that is not paid also its postings.
SELECT * FROM payouts WHERE snapshot_id = $1::uuid AND phase <> 'rejected' AND (phase <> 'failed' OR legs > 0)
