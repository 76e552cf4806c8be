-- Ends a key, at once or after a grace; a key that ends sooner already is left as it is.
-- Parameters: $1 the key's id, $2 after how many seconds. Returns: nothing; touches a row if it changed anything.
-- Locks: the key's row. Repeat: does nothing. Cost: one primary key.
UPDATE api_keys
SET revoked_at = clock_timestamp() + make_interval(secs => $2)
WHERE id = $1
  AND coalesce(revoked_at > clock_timestamp() + make_interval(secs => $2), true)
