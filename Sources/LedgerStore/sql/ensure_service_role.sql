-- Makes the role that sessions of the service take, and lets the one who migrates take it. Roles belong to the whole
-- cluster: it may be there already, made for another database, or be made by another migrator at this moment.
-- Parameters: none. Returns: nothing. Locks: none that last. Repeat: does nothing. Cost: a few catalog rows.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'points_service') THEN
    BEGIN
      CREATE ROLE points_service NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL;
    END;
  END IF;
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
    AND current_user <> 'points_service'
    AND NOT EXISTS (
      SELECT FROM pg_auth_members AS membership
      WHERE membership.roleid = 'points_service'::regrole AND membership.member = current_user::regrole
        -- What Postgres 16 gives to whoever makes a role lets him grant it, not take it.
        AND coalesce((to_jsonb(membership) ->> 'set_option')::boolean, true))
  THEN
    BEGIN
      EXECUTE format('GRANT points_service TO %I', current_user);
    EXCEPTION WHEN unique_violation THEN
      NULL;
    END;
  END IF;
END $$;
