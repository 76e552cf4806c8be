-- Ends all keys of a service but one, at once or after a grace; keys that end sooner already are left as they are.
-- Parameters: $1 the service's id, $2 the id of the key that stays, or NULL, $3 after how many seconds.
-- Returns: the ids of the keys it ended. Locks: the keys' rows. Repeat: does nothing. Cost: the keys of the service.
UPDATE api_keys
SET revoked_at = clock_timestamp() + make_interval(secs => $3)
WHERE service_id = $1
  AND id IS DISTINCT FROM $2
  AND coalesce(expires_at > clock_timestamp(), true)
  AND coalesce(revoked_at > clock_timestamp() + make_interval(secs => $3), true)
RETURNING id
