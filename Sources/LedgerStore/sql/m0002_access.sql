-- Who may call: services, and the keys by which they prove who they are. A service owns any number of keys, so a key
-- can be replaced while the old one still works, and whoever held either is the same service. Runs once, in one
-- transaction with the other migrations. Cost: empty tables.

-- Never deleted: transactions name them.
CREATE TABLE services (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text COLLATE "C" NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
  role text COLLATE "C" NOT NULL CHECK (role IN ('reader', 'service', 'admin')),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE api_keys (
  -- The part of the key that is no secret: by it the key is found, listed and revoked.
  id text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[0-9a-f]{16}$'),
  service_id uuid NOT NULL REFERENCES services (id),
  -- Of the whole key. The key itself is stored nowhere.
  digest bytea NOT NULL UNIQUE CHECK (octet_length(digest) = 32),
  -- The last characters, by which a person recognises the key he holds.
  hint text NOT NULL CHECK (octet_length(hint) = 4),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Of no use from either instant on.
  expires_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX api_keys_by_service ON api_keys (service_id);
