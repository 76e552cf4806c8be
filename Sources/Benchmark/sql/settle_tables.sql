-- Leaves a freshly filled database as a running one would be: statistics taken, visibility known, and its pages changed
-- since the last checkpoint, as nearly all are nearly always. So none is forced here. No parameters. Returns nothing.
-- Locks: none that would keep readers or writers out. A repeat does no harm. Cost: some seconds a million rows.
VACUUM (ANALYZE);
