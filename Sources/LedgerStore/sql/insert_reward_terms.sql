-- Adds terms of rewards that hold from now on; their revision is the next of their scope. $1: an id; $2: point type;
-- $3: board, or NULL; $4: ties; $5: whether another service must approve; $6: whether closes are paid unasked; $7:
-- since when; $8: by whom. The caller holds the lock of rewards, and has ended the terms before. Returns nothing.
-- Locks: the row. A repeat is refused. Cost: one row and its index entries.
INSERT INTO reward_terms (id, revision, point_type_id, board, ties, approval, automatic, valid_from, decided_by)
SELECT $1::uuid,
  (SELECT coalesce(max(t.revision), 0) + 1 FROM reward_terms t
    WHERE t.point_type_id = $2::uuid AND coalesce(t.board, '') = coalesce($3::text, '')),
  $2::uuid, $3::text, $4::text, CASE WHEN $5::boolean THEN 'other_service' ELSE 'none' END, $6::boolean,
  $7::timestamptz, $8::text
