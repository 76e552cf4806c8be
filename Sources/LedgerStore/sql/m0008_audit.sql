-- What people decided, who did, and how it was before. Runs once, in one transaction with the other migrations.
-- Cost: an empty table.
CREATE TABLE audit (
  -- Ascending in the order in which the decisions were made; there may be gaps.
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- The name of the service whose key was shown; for what is done without one, the command.
  actor text COLLATE "C" NOT NULL CHECK (octet_length(actor) BETWEEN 1 AND 128),
  action text COLLATE "C" NOT NULL CHECK (action ~ '^[a-z]+(_[a-z]+)*$'),
  -- What it was done to: by its id, which never means anything else, and as it was called then.
  subject text COLLATE "C" NOT NULL CHECK (octet_length(subject) BETWEEN 1 AND 256),
  subject_name text NOT NULL,
  -- What changed: which field, from what, to what.
  fields text[] NOT NULL,
  was text[] NOT NULL,
  became text[] NOT NULL,
  CHECK (cardinality(was) = cardinality(fields) AND cardinality(became) = cardinality(fields))
);
CREATE INDEX audit_by_subject ON audit (subject, id DESC);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
