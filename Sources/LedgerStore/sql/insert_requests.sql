-- Remembers what requests were answered. $1 to $7: one array for each column, sorted by digest; figures as text of an
-- array, since they differ in number.
-- A request answered meanwhile elsewhere is refused by the primary key (23505): the batch is then decided again, with
-- that answer known. Locks: the keys, in order; waits for another transaction that writes one of them.
INSERT INTO requests (digest, fingerprint, posting_id, refusal, refused_leg, figures, created_at)
SELECT digest, fingerprint, posting_id, refusal, refused_leg, figures::bigint[], created_at
FROM unnest($1::uuid[], $2::bytea[], $3::uuid[], $4::text[], $5::smallint[], $6::text[], $7::timestamptz[])
AS r (digest, fingerprint, posting_id, refusal, refused_leg, figures, created_at)
