-- Moves the position of a mirror: replaces its marker if that is still the one the caller knows.
--
-- KEYS     1 the accounts of the epoch
-- ARGV     1 the marker as it must be now; 2 the marker as it is to be
-- Returns  the marker as it is after the call, or nothing where there is none. It moved if this is the new one.
-- Repeats  A second call finds the new marker, leaves it and answers the same.
-- Cost     two look-ups.
local marker = redis.call('HGET', KEYS[1], '')
if marker ~= ARGV[1] then return marker end
redis.call('HSET', KEYS[1], '', ARGV[2])
return ARGV[2]
