-- The tables that the yardstick of a payout writes into: like the ledger's, with their conditions and indexes, and
-- with its accounts; and the winners, in the order of their ranks. No parameters. Returns nothing. Locks: none that
-- would keep readers or writers out. A repeat is refused. Cost: copies all accounts, some seconds a million.
CREATE TABLE bare_transactions (LIKE transactions INCLUDING ALL);
CREATE TABLE bare_accounts (LIKE accounts INCLUDING ALL) WITH (fillfactor = 75);
INSERT INTO bare_accounts SELECT * FROM accounts ORDER BY user_id, point_type_id;
CREATE TABLE bare_winners AS
SELECT row_number() OVER (ORDER BY balance DESC) AS place, user_id, point_type_id FROM accounts
WHERE point_type_id = (SELECT id FROM point_types WHERE name = 'points') AND version > 0
ORDER BY balance DESC
LIMIT 100000;
VACUUM (ANALYZE) bare_accounts, bare_winners;
