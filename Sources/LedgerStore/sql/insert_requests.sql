-- Remembers what requests were answered. $1: the rows, sorted by digest.
-- A request answered meanwhile elsewhere is refused by the primary key (23505): the batch is then decided again, with
-- that answer known. Locks: the keys, in order; waits for another transaction that writes one of them.
INSERT INTO requests (digest, fingerprint, posting_id, refusal, refused_leg, figures, created_at)
SELECT digest, fingerprint, posting_id, refusal, refused_leg, figures, created_at
FROM unnest($1::request_row[])
