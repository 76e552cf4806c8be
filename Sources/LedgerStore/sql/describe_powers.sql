-- Whether this session could change what was posted. It has to be a role that cannot: neither the owner, nor a
-- superuser, nor one to whom too much was granted.
-- Parameters: none. Returns: one row: the role, and whether it could. Locks nothing; may be repeated at will.
-- Cost: looks into the catalog's caches.
SELECT
  current_user::text,
  has_table_privilege('transactions', 'UPDATE, DELETE, TRUNCATE')
    OR has_any_column_privilege('transactions', 'UPDATE')
    OR has_table_privilege('requests', 'UPDATE, DELETE, TRUNCATE')
    OR has_any_column_privilege('requests', 'UPDATE')
