-- The yardstick of a snapshot: everybody's rank in the present period of the board `season`, and nothing else. No
-- parameters. Returns the time of the INSERT, as psql tells it. Locks: the table it fills, alone. A repeat begins with
-- an empty table. Cost: all accounts and a sort, 2 s a million.
SET work_mem = '64MB';
SET jit = off;
TRUNCATE bare_ranks;
CHECKPOINT;
SELECT number::bigint << 32 | 1 AS slot, point_type_id AS type FROM boards WHERE name = 'season' \gset
\timing on
INSERT INTO bare_ranks
SELECT rank() OVER (ORDER BY score DESC), user_id, score, 'epoch'::timestamptz + micros * interval '1 microsecond',
  version
FROM (
  SELECT user_id, version, slot_values[3 * place - 2] AS score, slot_values[3 * place - 1] AS micros
  FROM (
    SELECT user_id, version, slot_values, array_position(slot_keys, :slot) AS place
    FROM accounts WHERE point_type_id = :'type'::uuid OFFSET 0
  ) AS a
  WHERE place IS NOT NULL
) AS s;
\timing off
