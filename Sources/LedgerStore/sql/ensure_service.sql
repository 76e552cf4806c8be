-- Makes a service, or finds the one of that name, whose role it keeps.
-- Parameters: $1 the name, $2 the role of a new one. Returns: one row: its id and its role.
-- Locks: the service's row. Repeat: finds what the first made. Cost: one index entry.
INSERT INTO services (name, role)
VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET name = excluded.name
RETURNING id, role
