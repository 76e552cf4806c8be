-- Writes every account as the three commands that a mirror needs of it, for redis-cli --pipe: the yardstick of a
-- rebuild. No parameters. Returns lines. Locks: none. A repeat is harmless. Cost: reads all accounts.
COPY (
  SELECT
    unnest(
      ARRAY[
        concat_ws(' ', 'HSET yardstick:accounts', user_id,
          rpad(concat_ws(':', balance, held, total_earned, total_spent, version, revision), 72, '-')),
        concat_ws(' ', 'ZADD yardstick:balance', balance, lpad(to_hex(version), 8, '0') || user_id),
        concat_ws(' ', 'ZADD yardstick:earned', total_earned, lpad(to_hex(version), 8, '0') || user_id)
      ])
  FROM accounts
  JOIN point_types ON point_types.id = accounts.point_type_id
  WHERE point_types.name = 'points'
) TO STDOUT;
