-- Gives the service's role exactly what the service needs, and takes from it what it must never have: what was posted
-- is not changed by anybody. Says nothing where all is as it should be, so whoever may not grant can still migrate a
-- database that lacks nothing.
-- Parameters: none. Returns: nothing. Locks: the catalog rows it changes. Repeat: does nothing. Cost: a look into the
-- catalog for each privilege.
DO $$
DECLARE
  grantee CONSTANT text := 'points_service';
  wanted record;
BEGIN
  IF NOT has_schema_privilege(grantee, current_schema(), 'USAGE') THEN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), grantee);
  END IF;

  FOR wanted IN
    SELECT relation, unnest(privileges) AS privilege
    FROM (VALUES
      ('transactions', ARRAY['SELECT', 'INSERT']),
      ('requests', ARRAY['SELECT', 'INSERT']),
      ('batches', ARRAY['SELECT', 'INSERT']),
      ('accounts', ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']),
      ('users', ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']),
      ('point_types', ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']),
      ('boards', ARRAY['SELECT', 'INSERT', 'UPDATE']),
      ('periods', ARRAY['SELECT', 'INSERT', 'UPDATE']),
      ('user_standings', ARRAY['SELECT', 'INSERT']),
      -- What they may become is for the guards of the tables to say.
      ('snapshots', ARRAY['SELECT', 'INSERT', 'UPDATE']),
      ('snapshot_entries', ARRAY['SELECT', 'INSERT', 'DELETE']),
      ('snapshot_users', ARRAY['SELECT', 'INSERT', 'DELETE']),
      ('snapshot_arrivals', ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']),
      ('snapshot_changes', ARRAY['SELECT', 'INSERT']),
      ('snapshot_schedules', ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']),
      ('reward_rules', ARRAY['SELECT', 'INSERT']),
      ('reward_rule_amounts', ARRAY['SELECT', 'INSERT']),
      ('reward_terms', ARRAY['SELECT', 'INSERT']),
      ('reward_budgets', ARRAY['SELECT', 'INSERT']),
      ('leases', ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']),
      ('jobs', ARRAY['SELECT', 'INSERT', 'UPDATE']),
      ('audit', ARRAY['SELECT', 'INSERT']),
      ('refused_legs', ARRAY['SELECT', 'INSERT']),
      -- What they may become is for the guards of the tables to say.
      ('distributions', ARRAY['SELECT', 'INSERT', 'UPDATE']),
      ('distribution_sums', ARRAY['SELECT', 'INSERT']),
      ('distribution_legs', ARRAY['SELECT', 'INSERT']),
      ('distribution_chunks', ARRAY['SELECT', 'INSERT', 'UPDATE']),
      ('payouts', ARRAY['SELECT']),
      ('settings', ARRAY['SELECT']),
      ('counting', ARRAY['SELECT']),
      ('services', ARRAY['SELECT']),
      ('api_keys', ARRAY['SELECT']),
      ('schema_migrations', ARRAY['SELECT'])
    ) AS needs (relation, privileges)
    -- What a later migration makes may not be there yet.
    WHERE to_regclass(relation) IS NOT NULL
  LOOP
    IF NOT has_table_privilege(grantee, wanted.relation, wanted.privilege) THEN
      EXECUTE format('GRANT %s ON %I TO %I', wanted.privilege, wanted.relation, grantee);
    END IF;
  END LOOP;

  FOR wanted IN
    SELECT sequence
    FROM unnest(ARRAY['batch_ids', 'board_numbers', 'snapshot_numbers', 'distribution_numbers']) AS sequence
    WHERE to_regclass(sequence) IS NOT NULL
  LOOP
    IF NOT has_sequence_privilege(grantee, wanted.sequence, 'USAGE') THEN
      EXECUTE format('GRANT USAGE ON SEQUENCE %I TO %I', wanted.sequence, grantee);
    END IF;
  END LOOP;

  -- Default privileges of the database, or somebody's GRANT ALL, may have given more.
  FOR wanted IN
    SELECT relation
    FROM unnest(ARRAY[
      'transactions', 'requests', 'audit', 'snapshot_changes', 'reward_rule_amounts', 'reward_budgets', 'refused_legs',
      'distribution_sums', 'distribution_legs']) AS relation
    -- What a later migration makes may not be there yet; a CASE, because AND keeps no order.
    WHERE CASE WHEN to_regclass(relation) IS NULL THEN false
      ELSE has_table_privilege(grantee, relation, 'UPDATE, DELETE, TRUNCATE')
        OR has_any_column_privilege(grantee, relation, 'UPDATE') END
  LOOP
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM %I, PUBLIC', wanted.relation, grantee);
  END LOOP;

  -- Of these, single columns change; the ledger's id, what a batch names and what was rewarded never do.
  FOR wanted IN
    SELECT relation, column_name
    FROM (VALUES
      ('batches', 'position'), ('settings', 'generation'), ('settings', 'closed_until'),
      ('counting', 'counted_until'),
      ('reward_rules', 'valid_until'), ('reward_rules', 'ended_by'),
      ('reward_terms', 'valid_until'), ('reward_terms', 'ended_by')
    ) AS changing (relation, column_name)
    -- What a later migration makes may not be there yet.
    WHERE EXISTS (
      SELECT FROM pg_attribute a
      WHERE a.attrelid = to_regclass(relation) AND a.attname = column_name AND NOT a.attisdropped)
  LOOP
    IF has_table_privilege(grantee, wanted.relation, 'UPDATE, DELETE, TRUNCATE') THEN
      EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM %I, PUBLIC', wanted.relation, grantee);
    END IF;
    IF NOT has_column_privilege(grantee, wanted.relation, wanted.column_name, 'UPDATE') THEN
      EXECUTE format('GRANT UPDATE (%I) ON %I TO %I', wanted.column_name, wanted.relation, grantee);
    END IF;
  END LOOP;
END $$;
