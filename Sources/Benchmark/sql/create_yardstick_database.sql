-- Makes the database that pgbench works in, beside the ledger on the same server. No parameters. Returns nothing.
-- Locks: the template database, briefly. A repeat is refused. Cost: a tenth of a second.
CREATE DATABASE yardstick;
