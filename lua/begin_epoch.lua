-- Begins to build the mirror of a point type anew, in the keys of an epoch of its own.
--
-- KEYS     1 the epochs of the type; 2 to 5 accounts, balance, earned and sums of the new epoch; 6 the accounts
--          of the live epoch, if there is one
-- ARGV     1 the live epoch as the caller knows it, empty for none; 2 the new epoch; 3 the identity that the
--          caller saw the live marker begin with, empty for no marker; 4 the marker of the new epoch; 5 the name
--          of its builder
-- Returns  'begun'; 'moved' and both epochs, if another epoch is live, one is being built already, or the number
--          of the new one was used before; or 'changed' if the live marker is no longer of the identity that the
--          caller judged.
-- Repeats  A second call finds the epoch that is being built, and changes nothing.
-- Cost     some look-ups; what a broken attempt left in the new keys is unlinked.
-- luacheck: read globals unlink_slots
local known = redis.call('HMGET', KEYS[1], 'live', 'building', 'last')
local is_used = known[3] and tonumber(known[3]) >= tonumber(ARGV[2])
if (known[1] or '') ~= ARGV[1] or known[2] or is_used then return {'moved', known[1] or '', known[2] or ''} end

local identity = ARGV[3]
local marker = KEYS[6] and redis.call('HGET', KEYS[6], '')
if identity == '' and marker then return {'changed'} end
if identity ~= '' and (not marker or string.sub(marker, 1, #identity) ~= identity) then return {'changed'} end

unlink_slots(KEYS[5])
redis.call('UNLINK', KEYS[2], KEYS[3], KEYS[4], KEYS[5])
redis.call('HSET', KEYS[2], '', ARGV[4])
-- By it read_page.lua tells epochs with one number from each other.
redis.call('HSET', KEYS[5], 'born', ARGV[5])
redis.call('HSET', KEYS[1], 'building', ARGV[2], 'last', ARGV[2], 'builder', ARGV[5])
return {'begun'}
