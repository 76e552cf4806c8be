-- How many pages the tables of the ledger have. No parameters. Returns one row: those of transactions, accounts and
-- requests. Locks: none. Cost: a look at their files.
SELECT pg_relation_size('transactions') / p.size, pg_relation_size('accounts') / p.size,
  pg_relation_size('requests') / p.size
FROM (SELECT current_setting('block_size')::bigint AS size) p
