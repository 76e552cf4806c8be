-- Lays down periods, unless they are there. $1 to $5: board ids, numbers, labels, starts and ends.
-- Returns how many were new. The definitions lock is held alone. Locks: the rows. Repeats do nothing.
-- Cost: two index entries each.
INSERT INTO periods (board_id, number, label, starts_at, ends_at)
SELECT * FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::timestamptz[], $5::timestamptz[])
ON CONFLICT DO NOTHING
RETURNING number
