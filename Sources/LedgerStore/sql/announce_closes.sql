-- Says until when closes, and revisions of closes, are kept whose time will be over within a day, or is: a day from now
-- at the earliest, so that everybody can see it before. $1: for how many days after its end a period is kept; $2: how
-- many. Returns the number of each. Locks: those rows. Repeats do nothing. Cost: one range of an index.
UPDATE snapshots
SET keep_until = greatest(as_of + $1::integer * interval '1 day', clock_timestamp() + interval '1 day')
WHERE number IN (
  SELECT number FROM snapshots
  WHERE (purpose = 'close' OR original_purpose = 'close') AND state = 'complete' AND keep_until IS NULL
    AND as_of <= clock_timestamp() + interval '1 day' - $1::integer * interval '1 day'
  ORDER BY as_of LIMIT $2::bigint)
RETURNING number
