-- Enters a job, or another schedule of it. $1: its name; $2: its schedule, or nothing; $3: its time zone; $4: when it
-- is due next, or nothing; $5: whether another schedule is left as it is. What is due earlier stays so as long as the
-- schedule is the same; what is due later than it says was written when the clock was ahead, and is put right. Returns:
-- nothing. Locks: the job's row. Repeats do nothing. Cost: one row.
INSERT INTO jobs AS j (name, schedule, time_zone, next_due_at)
VALUES ($1::text, $2::text, $3::text, $4::timestamptz)
ON CONFLICT (name) DO UPDATE
SET schedule = EXCLUDED.schedule, time_zone = EXCLUDED.time_zone, next_due_at = EXCLUDED.next_due_at
WHERE CASE WHEN (j.schedule, j.time_zone) IS DISTINCT FROM (EXCLUDED.schedule, EXCLUDED.time_zone)
  THEN NOT $5::boolean ELSE EXCLUDED.next_due_at < j.next_due_at END
