-- Adds a key to a service.
-- Parameters: $1 the key's id, $2 the service's id, $3 the digest of the whole key, $4 its last characters, $5 after
-- how many seconds it expires, or NULL for never. Returns: nothing.
-- Locks: the new row. Repeat: refused by the primary key. Cost: one row.
INSERT INTO api_keys (id, service_id, digest, hint, expires_at)
VALUES ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5))
