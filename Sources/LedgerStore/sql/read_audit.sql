-- What was decided, the last first. $1: of one subject, or NULL; $2: ids below this; $3: how many. Locks: none.
-- Cost: an index from there on, as far as the page reaches.
SELECT id, at, actor, action, subject, subject_name, fields, was, became
FROM audit
WHERE id < $2::bigint AND ($1::text IS NULL OR subject = $1::text)
ORDER BY id DESC LIMIT $3::bigint
