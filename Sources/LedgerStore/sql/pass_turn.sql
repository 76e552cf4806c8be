-- Moves a schedule on to its next instant, as one does who takes the present one in hand. $1: its id; $2: the instant
-- that it stood at; $3: the next; $4: the instant that was seen to; $5: its snapshot; $6: or why there is none. Returns
-- the id, or nothing if another has moved it on, or removed it. Locks: the row. Repeats do nothing. Cost: one row.
UPDATE snapshot_schedules
SET next_due_at = $3::timestamptz, last_due_at = $4::timestamptz, last_snapshot_id = $5::uuid,
  last_refusal = left($6::text, 500)
WHERE id = $1::uuid AND next_due_at = $2::timestamptz
RETURNING id
