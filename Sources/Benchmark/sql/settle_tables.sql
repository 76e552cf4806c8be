-- Leaves a freshly filled database as a running one would be: statistics taken, visibility known, pages on disk. So
-- nothing that filling it left behind falls into a round. No parameters. Returns nothing.
-- Locks: none that would keep readers or writers out. A repeat does no harm. Cost: some seconds a million rows.
VACUUM (ANALYZE);
CHECKPOINT;
