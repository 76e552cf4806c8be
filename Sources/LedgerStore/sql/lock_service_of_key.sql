-- Finds the service of a key, and keeps others from changing its keys meanwhile.
-- Parameters: $1 the key's id. Returns: at most one row: the service's id, name and role. Locks: the service's row.
-- Repeat: harmless. Cost: two primary keys.
SELECT services.id, services.name, services.role
FROM services
JOIN api_keys ON api_keys.service_id = services.id
WHERE api_keys.id = $1
FOR UPDATE OF services
