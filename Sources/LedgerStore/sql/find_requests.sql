-- What requests were answered. $1: digests of (service, key).
-- Asked in a later statement than the locks, so that a request which was answered while we waited is seen.
-- Locks: none. Cost: one index look-up a request.
SELECT digest, fingerprint, posting_id, refusal, refused_leg, coalesce(figures, '{}')
FROM requests WHERE digest = ANY ($1::uuid[])
