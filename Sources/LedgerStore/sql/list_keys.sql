-- All keys, for people: by service, the newest first.
-- Parameters: none. Returns: key id, hint, service name, role, when it was made, expires and was revoked, and whether
-- it is of use now. Locks nothing; may be repeated at will. Cost: all services and keys.
SELECT
  api_keys.id, api_keys.hint, services.name, services.role, api_keys.created_at, api_keys.expires_at,
  api_keys.revoked_at,
  coalesce(api_keys.expires_at > clock_timestamp(), true) AND coalesce(api_keys.revoked_at > clock_timestamp(), true)
FROM services
JOIN api_keys ON api_keys.service_id = services.id
ORDER BY services.name, api_keys.created_at DESC, api_keys.id
