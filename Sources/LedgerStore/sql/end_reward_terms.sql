-- Ends the terms of a scope. $1: point type; $2: board, or NULL; $3: when; $4: by whom. Returns their revision, or
-- nothing where there are none. Locks: the row. A repeat does nothing. Cost: one index look-up.
UPDATE reward_terms SET valid_until = $3::timestamptz, ended_by = $4::text
WHERE point_type_id = $1::uuid AND coalesce(board, '') = coalesce($2::text, '') AND valid_until IS NULL
RETURNING revision
