-- Writes down what a revision changes. $1: its number; $2: users; $3: their scores before; $4, $5: their scores and
-- when they were reached, NULL for who is disqualified. Returns nothing. Locks: none. A repeat collides with what is
-- there. Cost: a row each.
INSERT INTO snapshot_changes (snapshot_number, user_id, score_was, score, reached_at)
SELECT $1::integer, c.* FROM unnest($2::text[], $3::bigint[], $4::bigint[], $5::timestamptz[]) AS c
