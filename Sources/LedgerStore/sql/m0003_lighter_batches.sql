-- What a batch of postings touches and writes, made lighter; nothing that a caller sees changes. Runs once, in one
-- transaction with the other migrations. Cost: rewrites accounts and transactions, with their indexes, and holds both
-- alone meanwhile; a million transactions take some seconds.

-- An account shows its user's name and asks whether the user is enabled, so both are kept where the account is locked
-- and read anyway: the look-up in users was a seventh of what a batch cost. They are written with the user's row, in
-- one transaction, and with a new revision.
ALTER TABLE accounts
  ADD COLUMN display_name text,
  ADD COLUMN user_enabled boolean NOT NULL DEFAULT true;
UPDATE accounts a SET display_name = u.display_name, user_enabled = u.enabled
FROM users u WHERE u.id = a.user_id AND (u.display_name IS NOT NULL OR NOT u.enabled);
ALTER TABLE accounts ALTER COLUMN user_enabled DROP DEFAULT;

-- A check of a table is parsed anew by every statement that writes to it, one of a domain once in a session. So what
-- is true of a single value becomes a domain: 15 us less for each batch.
CREATE DOMAIN positive AS bigint CHECK (VALUE > 0);
CREATE DOMAIN not_negative AS bigint CHECK (VALUE >= 0);
CREATE DOMAIN reference AS text CHECK (octet_length(VALUE) <= 128);
CREATE DOMAIN reason AS text CHECK (octet_length(VALUE) <= 512);
CREATE DOMAIN description AS text CHECK (octet_length(VALUE) <= 2048);
CREATE DOMAIN metadata AS json CHECK (octet_length(VALUE::text) <= 4096);
-- The pattern ^[a-z][a-z0-9_]{0,31}$, but for the letters after the first: a regular expression took 1 us a row.
CREATE DOMAIN kind AS text COLLATE "C" CHECK (octet_length(VALUE) <= 32 AND VALUE >= 'a' AND VALUE < '{');

ALTER TABLE accounts
  DROP CONSTRAINT accounts_balance_check,
  DROP CONSTRAINT accounts_total_earned_check,
  DROP CONSTRAINT accounts_total_spent_check,
  DROP CONSTRAINT accounts_version_check,
  ALTER COLUMN balance TYPE not_negative,
  ALTER COLUMN total_earned TYPE not_negative,
  ALTER COLUMN total_spent TYPE not_negative,
  ALTER COLUMN version TYPE not_negative;

ALTER TABLE transactions
  DROP CONSTRAINT transactions_version_check,
  DROP CONSTRAINT transactions_amount_check,
  DROP CONSTRAINT transactions_before_check,
  DROP CONSTRAINT transactions_after_check,
  DROP CONSTRAINT transactions_total_earned_check,
  DROP CONSTRAINT transactions_total_spent_check,
  DROP CONSTRAINT transactions_kind_check,
  DROP CONSTRAINT transactions_reason_check,
  DROP CONSTRAINT transactions_description_check,
  DROP CONSTRAINT transactions_actor_check,
  DROP CONSTRAINT transactions_validator_id_check,
  DROP CONSTRAINT transactions_related_to_check,
  DROP CONSTRAINT transactions_tournament_id_check,
  DROP CONSTRAINT transactions_registration_id_check,
  DROP CONSTRAINT transactions_metadata_check,
  ALTER COLUMN version TYPE positive,
  ALTER COLUMN amount TYPE positive,
  ALTER COLUMN before TYPE not_negative,
  ALTER COLUMN after TYPE not_negative,
  ALTER COLUMN total_earned TYPE not_negative,
  ALTER COLUMN total_spent TYPE not_negative,
  ALTER COLUMN kind TYPE kind,
  ALTER COLUMN reason TYPE reason,
  ALTER COLUMN description TYPE description,
  ALTER COLUMN actor TYPE reference,
  ALTER COLUMN validator_id TYPE reference,
  ALTER COLUMN related_to TYPE reference,
  ALTER COLUMN tournament_id TYPE reference,
  ALTER COLUMN registration_id TYPE reference,
  ALTER COLUMN metadata TYPE metadata;

-- Rows as a batch sends them, many in one parameter. Of one array for each column Postgres makes a table each before
-- it joins them: 2 us a transaction.
CREATE TYPE transaction_row AS (
  id uuid, user_id text, point_type_id uuid, version bigint, type text, amount bigint, before bigint, after bigint,
  total_earned bigint, total_spent bigint, kind text, category text, reason text, description text, actor text,
  validator_id text, related_to text, tournament_id text, registration_id text, reverses uuid, metadata text,
  occurred_at timestamptz, created_at timestamptz, created_by uuid);
CREATE TYPE account_row AS (
  place tid, user_id text, point_type_id uuid, balance bigint, held bigint, total_earned bigint, total_spent bigint,
  version bigint, revision bigint, last_transaction_at timestamptz, earned_at timestamptz, updated_at timestamptz);
CREATE TYPE request_row AS (
  digest uuid, fingerprint bytea, posting_id uuid, refusal text, refused_leg smallint, figures bigint[],
  created_at timestamptz);
