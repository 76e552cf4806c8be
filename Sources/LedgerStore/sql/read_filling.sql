-- Which boards are to be filled, and how far they are. Locks: none. Cost: one small table.
SELECT id, filled_until FROM boards WHERE state = 'filling' ORDER BY filled_until DESC, number
