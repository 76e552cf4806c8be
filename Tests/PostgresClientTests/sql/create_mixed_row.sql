-- A composite type that lives as long as its session.
CREATE TYPE pg_temp.mixed AS (id uuid, place tid, note text, amount bigint, parts bigint[], at timestamptz)
