-- Adds to the sum that an epoch keeps of a board.
--
-- KEYS     1 the accounts of the epoch; 2 its sums
-- ARGV     1 the identity that the marker must begin with; 2 the name of the board; 3 and 4 what to add to its two
--          limbs
-- Returns  nothing where the marker is missing or another; else 1.
-- Repeats  A repeat adds once more. A call that was not answered may have been done: whoever corrects a sum looks
--          again before he does.
-- Cost     some look-ups.
local marker = redis.call('HGET', KEYS[1], '')
if not marker or string.sub(marker, 1, #ARGV[1]) ~= ARGV[1] then return false end
redis.call('HINCRBY', KEYS[2], ARGV[2] .. ':high', ARGV[3])
redis.call('HINCRBY', KEYS[2], ARGV[2] .. ':low', ARGV[4])
return 1
