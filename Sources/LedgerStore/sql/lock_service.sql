-- Finds a service by its name, and keeps others from changing its keys meanwhile.
-- Parameters: $1 the name. Returns: at most one row: its id, name and role. Locks: the service's row.
-- Repeat: harmless. Cost: one index entry.
SELECT id, name, role
FROM services
WHERE name = $1
FOR UPDATE
