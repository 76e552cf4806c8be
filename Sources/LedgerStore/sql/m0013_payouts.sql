-- What the database holds about payouts, besides the rows: that nothing is paid without the approval it wants, that
-- nothing is added to a plan or tried again that took effect, and that later ranks end the payouts for earlier ones.
-- And how far each payout is, counted once. Runs once, in one transaction with the other migrations. Programs that do
-- not know it work on: what it keeps is kept by triggers. Cost: two indexes over the postings and one over the lines of
-- payouts, and a look at each payout's row; payouts are locked meanwhile.

ALTER TABLE distributions DISABLE TRIGGER guard;
ALTER TABLE distributions
  -- The transaction that planned it: its lines are added in no other.
  ADD COLUMN made_in xid8,
  -- The first of the snapshots that these ranks are a revision of, or are.
  ADD COLUMN original uuid,
  -- Of one that is paid, so that nobody has to count its postings: how many of its lines took effect by the last
  -- attempt at each, and how many did not.
  ADD COLUMN credited integer,
  ADD COLUMN refused integer;
UPDATE distributions d SET original = coalesce(s.original, s.id) FROM snapshots s WHERE s.id = d.snapshot_id;
ALTER TABLE distributions ENABLE TRIGGER guard;
ALTER TABLE distributions
  ALTER COLUMN original SET NOT NULL,
  ADD CONSTRAINT distributions_are_approved CHECK (
    NOT needs_approval OR legs = 0 OR phase IN ('waiting', 'rejected')
    OR (decided_by IS NOT NULL AND decided_by <> planned_by)),
  ADD CONSTRAINT distributions_are_counted CHECK (
    (credited IS NULL) = (refused IS NULL) AND (credited IS NULL OR phase = 'paid'));
CREATE INDEX distributions_of_lines ON distributions (original, number);
-- Of all revisions of some ranks one is paid for at a time.
CREATE UNIQUE INDEX distributions_under_way ON distributions (original) WHERE phase IN ('waiting', 'paying');

ALTER TABLE distribution_chunks DISABLE TRIGGER guard;
ALTER TABLE distribution_chunks
  -- How many of its lines the attempt before refused: those are not counted twice.
  ADD COLUMN refused_before integer NOT NULL DEFAULT 0;
UPDATE distribution_chunks c SET refused_before = (
  SELECT count(*)
  FROM distribution_chunks p JOIN refused_legs r ON r.posting_id = p.posting_id
  WHERE p.distribution_number = c.distribution_number AND p.attempt = c.attempt - 1
    AND p.first_leg + r.leg BETWEEN c.first_leg AND c.last_leg)
WHERE c.attempt > 1;
ALTER TABLE distribution_chunks ENABLE TRIGGER guard;
ALTER TABLE distribution_chunks
  -- Each line of a posting takes effect, or does not.
  ADD CONSTRAINT distribution_chunks_are_whole CHECK (
    settled_at IS NULL OR (credited >= 0 AND refused >= 0 AND credited + refused = last_leg - first_leg + 1));
-- An attempt at a line is found by it: those of the same number never overlap.
CREATE UNIQUE INDEX distribution_chunks_by_attempt ON distribution_chunks (distribution_number, attempt, first_leg);
CREATE INDEX distribution_chunks_unsettled ON distribution_chunks (distribution_number, chunk) WHERE settled_at IS NULL;
CREATE INDEX distribution_legs_taking_back ON distribution_legs (distribution_number, leg)
  WHERE takes_back IS NOT NULL;

-- How many lines of a payout took effect by the last attempt at each, and how many did not. Of none for no number.
CREATE FUNCTION count_paid_lines(payout integer) RETURNS TABLE (credited bigint, refused bigint)
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(c.credited + c.refused) FILTER (WHERE c.attempt = 1), 0)::bigint
      - coalesce(sum(c.refused - c.refused_before), 0)::bigint,
    coalesce(sum(c.refused - c.refused_before), 0)::bigint
  FROM distribution_chunks c WHERE c.distribution_number = payout AND c.settled_at IS NOT NULL
$$;

-- The last attempt at a line of a payout. Those at one line have numbers without a gap. Pairs are compared so that none
-- but the index of attempts is taken: where there are none yet, another would be read from end to end.
CREATE FUNCTION find_last_attempt(payout integer, line integer)
RETURNS TABLE (posting_id uuid, first_leg integer, attempt integer, settled_at timestamptz)
LANGUAGE sql STABLE AS $$
  WITH RECURSIVE tried AS (
    SELECT NULL::uuid AS posting_id, 0 AS first_leg, 0 AS attempt, NULL::timestamptz AS settled_at
    UNION ALL
    SELECT n.posting_id, n.first_leg, n.attempt, n.settled_at
    FROM tried t
    CROSS JOIN LATERAL (
      SELECT c.posting_id, c.first_leg, c.last_leg, c.attempt, c.settled_at FROM distribution_chunks c
      WHERE c.distribution_number = payout AND (c.attempt, c.first_leg) <= (t.attempt + 1, line)
      ORDER BY c.attempt DESC, c.first_leg DESC LIMIT 1
    ) AS n
    WHERE n.attempt = t.attempt + 1 AND n.last_leg >= line
  )
  SELECT t.posting_id, t.first_leg, t.attempt, t.settled_at FROM tried t
  WHERE t.attempt > 0 ORDER BY t.attempt DESC LIMIT 1
$$;

-- A payout begins waiting or being paid, or as one that could not be planned; and never for ranks that were paid for
-- by later ones already.
CREATE FUNCTION guard_new_distribution() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  place integer;
BEGIN
  NEW.made_in := pg_current_xact_id();
  SELECT coalesce(original, id), revision INTO NEW.original, place FROM snapshots WHERE id = NEW.snapshot_id;
  IF NOT (NEW.phase IN ('waiting', 'paying') OR (NEW.phase = 'failed' AND NEW.legs = 0))
    OR num_nonnulls(NEW.decided_at, NEW.decided_by, NEW.decider, NEW.executed_at, NEW.credited, NEW.refused) > 0
  THEN
    RAISE EXCEPTION 'INSERT on distributions is refused: a payout does not begin so'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.phase <> 'failed' AND EXISTS (
    SELECT FROM distributions d JOIN snapshots s ON s.id = d.snapshot_id
    WHERE d.original = NEW.original AND s.revision > place AND d.phase <> 'rejected'
      AND (d.phase <> 'failed' OR d.legs > 0))
  THEN
    RAISE EXCEPTION 'INSERT on distributions is refused: later ranks are paid for'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_new BEFORE INSERT ON distributions FOR EACH ROW EXECUTE FUNCTION guard_new_distribution();

-- As before; one is paid only when all of it is posted, and then it is counted.
CREATE OR REPLACE FUNCTION guard_distribution() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changing text[] := ARRAY['phase', 'reason', 'credited', 'refused'];
  is_allowed boolean;
BEGIN
  NEW.credited := NULL;
  NEW.refused := NULL;
  CASE OLD.phase
    WHEN 'waiting' THEN
      is_allowed := NEW.phase IN ('paying', 'rejected');
      changing := changing || ARRAY['decided_at', 'decided_by', 'decider'];
    WHEN 'paying' THEN
      is_allowed := NEW.phase = 'failed' OR (NEW.phase = 'paid' AND NOT EXISTS (
        SELECT FROM distribution_chunks c WHERE c.distribution_number = NEW.number AND c.settled_at IS NULL));
      changing := changing || ARRAY['executed_at'];
    -- What was refused is tried again.
    WHEN 'paid' THEN is_allowed := NEW.phase = 'paying';
    WHEN 'failed' THEN is_allowed := NEW.phase = 'paying' AND OLD.legs > 0;
    ELSE is_allowed := false;
  END CASE;
  IF is_allowed IS NOT TRUE OR to_jsonb(NEW) - changing IS DISTINCT FROM to_jsonb(OLD) - changing THEN
    RAISE EXCEPTION 'UPDATE on distributions is refused: one that is % does not change so', OLD.phase
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.phase = 'paid' THEN
    SELECT progress.credited, progress.refused INTO NEW.credited, NEW.refused
    FROM count_paid_lines(NEW.number) AS progress;
  END IF;
  RETURN NEW;
END $$;

-- Lines are added in the transaction that makes the plan, which alone names it already.
CREATE OR REPLACE FUNCTION guard_distribution_legs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT distribution_number FROM added) AS a
    LEFT JOIN distributions d ON d.number = a.distribution_number
    WHERE d.made_in IS DISTINCT FROM pg_current_xact_id()
  ) THEN
    RAISE EXCEPTION 'INSERT on % is refused: the plan is complete and is never changed', TG_TABLE_NAME
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;

-- A first attempt belongs to the plan. A later one holds lines that the attempt before was settled with, and that it
-- refused; what is to be taken back may also have taken effect in part.
CREATE FUNCTION guard_new_chunk() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  planned distributions;
  -- Where the attempts before it begin that may hold its first line.
  lowest integer;
  open_lines integer := 0;
BEGIN
  SELECT * INTO planned FROM distributions WHERE number = NEW.distribution_number;
  NEW.refused_before := 0;
  IF NEW.attempt = 1 THEN
    IF planned.made_in = pg_current_xact_id() THEN open_lines := NEW.last_leg - NEW.first_leg + 1; END IF;
  ELSE
    SELECT c.first_leg INTO lowest FROM distribution_chunks c
    WHERE c.distribution_number = NEW.distribution_number
      AND (c.attempt, c.first_leg) <= (NEW.attempt - 1, NEW.first_leg)
    ORDER BY c.attempt DESC, c.first_leg DESC LIMIT 1;
    SELECT count(*) FILTER (WHERE r.leg IS NOT NULL OR l.takes_back IS NOT NULL), count(r.leg)
    INTO open_lines, NEW.refused_before
    FROM distribution_chunks p
    JOIN distribution_legs l ON l.distribution_number = p.distribution_number
      AND l.leg BETWEEN greatest(p.first_leg, NEW.first_leg) AND least(p.last_leg, NEW.last_leg)
    LEFT JOIN refused_legs r ON r.posting_id = p.posting_id AND r.leg = l.leg - p.first_leg
    WHERE p.distribution_number = NEW.distribution_number AND p.attempt = NEW.attempt - 1
      AND p.first_leg BETWEEN lowest AND NEW.last_leg AND p.settled_at IS NOT NULL;
  END IF;
  IF planned.number IS NULL OR open_lines <> NEW.last_leg - NEW.first_leg + 1
    OR NEW.first_leg < 1 OR NEW.last_leg > planned.legs OR NEW.settled_at IS NOT NULL
    -- The nearest of the same attempt, and with it all others, end before it.
    OR NEW.first_leg <= (
      SELECT c.last_leg FROM (
        SELECT attempt, last_leg FROM distribution_chunks
        WHERE distribution_number = NEW.distribution_number AND (attempt, first_leg) <= (NEW.attempt, NEW.last_leg)
        ORDER BY attempt DESC, first_leg DESC LIMIT 1
      ) AS c
      WHERE c.attempt = NEW.attempt)
  THEN
    RAISE EXCEPTION 'INSERT on distribution_chunks is refused: nothing of the payout is to be posted so'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_new BEFORE INSERT ON distribution_chunks FOR EACH ROW EXECUTE FUNCTION guard_new_chunk();

-- A payout as everybody reads it: its row, whose ranks they are, and how far it is. It never gets another column, for
-- programs that run would stumble over it; what needs more is another view.
CREATE VIEW payouts WITH (security_invoker = true) AS
SELECT d.id, d.number, d.snapshot_id, d.rules_at, d.ties, d.needs_approval, d.is_correction, d.winners, d.legs,
  d.tied_scores, d.tied_users, d.hash, d.phase, d.reason, d.planned_at, d.planned_by, d.planner, d.decided_at,
  d.decided_by, d.decider, d.executed_at, s.point_type_id, s.board, s.board_name, s.category, s.period_number,
  s.period_label, coalesce(d.credited, counted.credited) AS credited, coalesce(d.refused, counted.refused) AS refused
FROM distributions d
JOIN snapshots s ON s.id = d.snapshot_id
CROSS JOIN LATERAL count_paid_lines(CASE WHEN d.credited IS NULL THEN d.number END) AS counted;
