-- Takes the marker of a mirror away: from then on it is neither read nor written to.
--
-- KEYS     1 the accounts of the epoch
-- ARGV     1 the marker as it must be now
-- Returns  1 if the marker is gone now, 0 if another is there.
-- Repeats  A second call finds no marker, and answers the same.
-- Cost     two look-ups.
local marker = redis.call('HGET', KEYS[1], '')
if not marker then return 1 end
if marker ~= ARGV[1] then return 0 end
redis.call('HDEL', KEYS[1], '')
return 1
