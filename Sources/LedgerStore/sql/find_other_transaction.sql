-- Whether a service other than this one made one of the first or last 10,000 transactions. $1: the service.
-- Locks: none. Cost: two pieces of the primary key, whatever the size of the ledger. Those between are not looked at: a
-- ledger that others use has theirs among the last.
SELECT EXISTS (
  SELECT FROM (SELECT created_by FROM transactions ORDER BY id LIMIT 10000) AS first_ones WHERE created_by <> $1
  UNION ALL
  SELECT FROM (SELECT created_by FROM transactions ORDER BY id DESC LIMIT 10000) AS last_ones WHERE created_by <> $1
)
