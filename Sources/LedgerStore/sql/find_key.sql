-- Whose key this is, and whether it is of use now.
-- Parameters: $1 the key's id. Returns: at most one row: the digest of the whole key, the service's id, name and role,
-- and whether the key is neither expired nor revoked. Locks nothing; may be repeated at will.
-- Cost: two primary keys.
SELECT
  api_keys.digest, services.id, services.name, services.role,
  coalesce(api_keys.expires_at > clock_timestamp(), true) AND coalesce(api_keys.revoked_at > clock_timestamp(), true)
FROM api_keys
JOIN services ON services.id = api_keys.service_id
WHERE api_keys.id = $1
