-- Adds to the sum that an epoch keeps of a board.
--
-- KEYS     1 the accounts of the epoch; 2 its sums
-- ARGV     1 the identity that the marker must begin with; 2 the name of the board; 3 and 4 what to add to its two
--          limbs; 5 how often it had been corrected before it was found wrong, empty for never
-- Returns  nothing where the marker is missing or another; 0 if it was corrected since then; else 1.
-- Repeats  A repeat finds a correction more, and adds nothing; so does whoever else found the same.
-- Torn     As in apply_accounts.
-- Cost     some look-ups.
local marker = redis.call('HGET', KEYS[1], '')
if not marker or string.sub(marker, 1, #ARGV[1]) ~= ARGV[1] then return false end
local corrected = ARGV[2] .. ':corrected'
if (redis.call('HGET', KEYS[2], corrected) or '') ~= ARGV[5] then return 0 end
redis.call('HINCRBY', KEYS[2], 'begun', 1)
redis.call('HINCRBY', KEYS[2], corrected, 1)
redis.call('HINCRBY', KEYS[2], ARGV[2] .. ':high', ARGV[3])
redis.call('HINCRBY', KEYS[2], ARGV[2] .. ':low', ARGV[4])
redis.call('HINCRBY', KEYS[2], 'ended', 1)
return 1
