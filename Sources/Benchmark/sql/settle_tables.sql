-- Leaves a freshly filled database as a running one would be: statistics taken, visibility known, and most of its pages
-- changed since the last checkpoint. So none is forced here. No parameters. Returns nothing.
-- Locks: none that would keep readers or writers out. A repeat does no harm. Cost: some seconds a million rows.
VACUUM (ANALYZE);
