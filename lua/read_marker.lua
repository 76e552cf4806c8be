-- Reads the marker of a hash tag.
-- KEYS[1]  the accounts hash
-- Returns  the marker, or nothing when there is none. Cost: one hash look-up.
return redis.call('HGET', KEYS[1], '')
