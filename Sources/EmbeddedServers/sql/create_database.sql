-- Makes the database the service works in. Fed to Postgres in single-user mode, once per new cluster, which takes each line as a statement.
-- Parameters: none. Returns: nothing. Locks: none that matter, nobody else is connected. Cost: a copy of template1, some 0.1 s.
CREATE DATABASE points
