-- Up to when entries were counted, whatever the server's clock says meanwhile: bounds of periods are moved behind it
-- only. Runs once, in one transaction with the other migrations. Programs that do not know it work on; what they number
-- is not noted, so while they run a clock that is put back may still be believed. Cost: a column without a rewrite, and
-- a look at the newest batches; batches are locked meanwhile, and nothing else is.

-- The latest time that any account of the batch was changed at; nothing where an older program wrote it.
ALTER TABLE batches ADD COLUMN counted_at timestamptz;

-- One row, of its own: it changes several times a second, and settings are read by everybody who writes.
CREATE TABLE counting (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  counted_until timestamptz NOT NULL
);
INSERT INTO counting (counted_until)
SELECT coalesce(max(created_at), '-infinity')
FROM (SELECT created_at FROM batches ORDER BY id DESC LIMIT 100000) AS newest;
