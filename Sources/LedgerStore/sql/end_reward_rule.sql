-- Ends what a rule of rewards says. $1: its id; $2: when; $3: by whom. Returns its revision, or nothing where it says
-- nothing. Locks: the row. A repeat does nothing. Cost: one index look-up.
UPDATE reward_rules SET valid_until = $2::timestamptz, ended_by = $3::text
WHERE rule_id = $1::uuid AND valid_until IS NULL
RETURNING revision
