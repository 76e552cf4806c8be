-- Which batch is at a position. $1: positions. Locks: none. Cost: one index look-up a position.
SELECT position, uid FROM batches WHERE position = ANY ($1::bigint[])
