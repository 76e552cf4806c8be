-- Names the accounts that this transaction changed, for whoever mirrors them. $1 to $3: user ids, point types and the
-- revisions afterwards; $4: the latest time that any of them was changed. The id is drawn here, after the locks, so
-- that ids and positions differ little in order. Locks: none. Cost: one row and two index entries a batch.
INSERT INTO batches (id, user_ids, point_type_ids, revisions, counted_at)
VALUES (nextval('batch_ids'), $1::text[], $2::uuid[], $3::bigint[], $4::timestamptz)
