-- The yardstick of a payout: the first of the winners (:winners of them) get 7 points, in one statement that updates
-- their accounts and inserts their transactions, and does nothing else. Returns its time, as psql tells it. Locks:
-- the rows it writes, alone. A repeat pays again. Cost: that of the rows.
CHECKPOINT;
\timing on
WITH paid AS (
  UPDATE bare_accounts a
  SET
    balance = balance + 7, total_earned = total_earned + 7, version = version + 1, revision = revision + 1,
    last_transaction_at = clock_timestamp(), earned_at = clock_timestamp(), updated_at = clock_timestamp()
  FROM bare_winners w
  WHERE w.place <= :winners AND a.user_id = w.user_id AND a.point_type_id = w.point_type_id
  RETURNING a.user_id, a.point_type_id, a.version, a.balance, a.total_earned, a.total_spent, w.place
)
INSERT INTO bare_transactions (
  id, user_id, point_type_id, version, type, amount, before, after, total_earned, total_spent, kind, reason, related_to,
  occurred_at, created_at, created_by)
SELECT
  -- One behind the other, as the ledger's are: random ones would touch more pages.
  ('00000000-0000-7000-8000-' || lpad(to_hex(version * 1000000 + place), 12, '0'))::uuid,
  user_id, point_type_id, version, 'credit', 7, balance - 7, balance, total_earned, total_spent, 'distribution',
  'rank ' || place || ' of balance', '00000000-0000-7000-8000-000000000000', clock_timestamp(), clock_timestamp(),
  '00000000-0000-7000-8000-000000000000'
FROM paid;
\timing off
