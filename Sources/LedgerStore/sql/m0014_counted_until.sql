-- Up to when entries were counted, whatever the server's clock says meanwhile: bounds of periods are moved behind it
-- only. Runs once, in one transaction with the other migrations. Programs that do not know it work on: what they count
-- is known by when their batches were written, which is the same unless the clock is put back in between. Cost: a look
-- at each batch; settings and batches are locked for it.

LOCK TABLE batches IN SHARE MODE;

ALTER TABLE settings ADD COLUMN counted_until timestamptz NOT NULL DEFAULT '-infinity';
UPDATE settings SET counted_until = greatest(counted_until, (SELECT max(created_at) FROM batches));
