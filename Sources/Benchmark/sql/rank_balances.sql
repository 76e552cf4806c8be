-- The yardstick of a snapshot: everybody's rank by balance, and nothing else. No parameters. Returns the time of the
-- INSERT, as psql tells it. Locks: the table it fills, alone. A repeat begins with an empty table.
-- Cost: all accounts and a sort, 1.5 s a million.
SET work_mem = '64MB';
SET jit = off;
TRUNCATE bare_ranks;
CHECKPOINT;
\timing on
INSERT INTO bare_ranks
SELECT rank() OVER (ORDER BY balance DESC), user_id, balance, last_transaction_at, version FROM accounts
WHERE point_type_id = (SELECT id FROM point_types WHERE name = 'points') AND version > 0;
\timing off
