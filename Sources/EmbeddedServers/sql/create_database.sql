-- Makes the database the service works in, once in each new cluster.
-- Fed to Postgres in single-user mode, which takes each line for a statement: the one below stays on its line.
-- Parameters: none. Returns: nothing. Locks: none that matter, nobody else is connected.
-- Repeat: refused, the database is there. Cost: a copy of template1, some 0.1 s.
CREATE DATABASE points
