-- Two releases run side by side while one takes the place of the other, and a release may be taken back after it
-- migrated. Whether an older program can work with a migration that it does not know is known to whoever wrote the
-- migration, so that is noted beside it. Runs once, in one transaction with the other migrations. Cost: a handful of
-- rows.
ALTER TABLE schema_migrations
  -- Programs that know the migrations up to this one go on working. Nothing for those that came before this column.
  ADD COLUMN works_from integer CHECK (works_from BETWEEN 1 AND number);
