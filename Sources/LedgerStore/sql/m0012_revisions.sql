-- Revisions of snapshots: what is mended after a result was stored, without changing what was stored. A revision is a
-- snapshot of its own, made of the one before. Runs once, in one transaction with the other migrations. Programs that
-- do not know it work on: they show the snapshots as they were before, and cannot list a revision that is made
-- meanwhile. Cost: an empty table, six columns without a rewrite, and a look at each snapshot's row; snapshots are
-- locked for a moment.

ALTER TABLE snapshots
  -- The snapshot that it was made of, and the first of that line.
  ADD COLUMN revises uuid REFERENCES snapshots (id),
  ADD COLUMN original uuid REFERENCES snapshots (id),
  -- What that first one was taken for.
  ADD COLUMN original_purpose text CHECK (original_purpose IN ('close', 'scheduled', 'demand')),
  -- Its place in the line.
  ADD COLUMN revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  -- Why, and whose decision it was.
  ADD COLUMN why text CHECK (octet_length(why) BETWEEN 1 AND 1024),
  ADD COLUMN revised_by text COLLATE "C" CHECK (octet_length(revised_by) BETWEEN 1 AND 128),
  DROP CONSTRAINT snapshots_purpose_check,
  ADD CONSTRAINT snapshots_purpose_check CHECK (purpose IN ('close', 'scheduled', 'demand', 'revision')),
  ADD CONSTRAINT snapshots_are_revisions CHECK (
    (purpose = 'revision') = (revises IS NOT NULL) AND (purpose = 'revision') = (original IS NOT NULL)
    AND (purpose = 'revision') = (original_purpose IS NOT NULL) AND (purpose = 'revision') = (why IS NOT NULL)
    AND (purpose = 'revision') = (revised_by IS NOT NULL) AND (purpose = 'revision') = (revision > 1));
-- Each has one revision at most, so revisions are a line and one of them is the last.
CREATE UNIQUE INDEX snapshots_revised ON snapshots (revises) WHERE revises IS NOT NULL;
CREATE UNIQUE INDEX snapshots_of_lines ON snapshots (original, revision) WHERE original IS NOT NULL;

-- Closes whose row does not say yet how long they are kept, and their revisions.
DROP INDEX snapshots_to_announce;
CREATE INDEX snapshots_to_announce ON snapshots (as_of)
  WHERE (purpose = 'close' OR original_purpose = 'close') AND state = 'complete' AND keep_until IS NULL;

-- What a revision changed of the snapshot before: who is disqualified, and whose score is another.
CREATE TABLE snapshot_changes (
  -- One that is being made, which the guard below sees to.
  snapshot_number integer NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  score_was bigint NOT NULL,
  -- Both NULL for who is disqualified.
  score bigint CHECK (score >= -4607182418800017408),
  reached_at timestamptz,
  PRIMARY KEY (snapshot_number, user_id),
  CHECK ((score IS NULL) = (reached_at IS NULL))
);
-- Nothing of them ever goes, not even with the entries.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON snapshot_changes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER guard_added AFTER INSERT ON snapshot_changes REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION guard_snapshot_entries();

-- A revision shows what the snapshot before it shows, and is the next of its line.
CREATE FUNCTION guard_revision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  -- What is the revision's own.
  own text[] := ARRAY['id', 'number', 'purpose', 'state', 'reason', 'began_at', 'members', 'score_sum', 'digest',
    'checked', 'drifted', 'repaired', 'not_compared', 'keep_until', 'removed_at', 'schedule_id', 'schedule_name',
    'due_at', 'attempts', 'tried_at', 'revises', 'original', 'original_purpose', 'revision', 'why', 'revised_by'];
  revised snapshots;
BEGIN
  SELECT * INTO revised FROM snapshots WHERE id = NEW.revises;
  IF revised.state IS DISTINCT FROM 'complete' OR NEW.state <> 'building' OR NEW.schedule_id IS NOT NULL
    OR NEW.revision IS DISTINCT FROM revised.revision + 1
    OR NEW.original IS DISTINCT FROM coalesce(revised.original, revised.id)
    OR NEW.original_purpose IS DISTINCT FROM coalesce(revised.original_purpose, revised.purpose)
    OR to_jsonb(NEW) - own IS DISTINCT FROM to_jsonb(revised) - own
  THEN
    RAISE EXCEPTION 'INSERT on snapshots is refused: it is no revision of what it says that it revises'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_revisions BEFORE INSERT ON snapshots
  FOR EACH ROW WHEN (NEW.revises IS NOT NULL) EXECUTE FUNCTION guard_revision();

-- A revision is made in one transaction: from its commit on the one before it is not shown any more, so what takes
-- its place must be whole.
CREATE FUNCTION expect_whole_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM snapshots WHERE id = NEW.id AND state NOT IN ('complete', 'expired')) THEN
    RAISE EXCEPTION 'a revision is made in one transaction: this one is not complete'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER expect_whole AFTER INSERT ON snapshots DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.revises IS NOT NULL) EXECUTE FUNCTION expect_whole_revision();
