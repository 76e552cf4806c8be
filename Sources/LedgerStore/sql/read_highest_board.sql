-- The highest number that a board ever had, removed ones included; 0 if there was none. Locks: none.
-- Cost: one index look-up.
SELECT coalesce(max(number), 0) FROM boards
