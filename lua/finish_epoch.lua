-- Makes the epoch that was being built the live one, and removes the one before it, in one step: no reader
-- finds two live mirrors, nor none.
--
-- KEYS     1 the epochs of the type; 2 the accounts of the epoch that was built; 3 to 6 accounts, balance,
--          earned and sums of the live epoch, if there is one
-- ARGV     1 and 2 the live epoch, empty for none, and the one being built, as the caller knows them; 3 the
--          identity that the caller saw the live marker begin with, empty for no marker; 4 the marker of the
--          epoch being built as it must be now; 5 its marker as it is to be; 6 its builder as the caller knows
--          it, empty for none
-- Returns  'finished'; 'moved' and both epochs, if they are others; or 'changed' if a marker or the builder is
--          not as given.
-- Repeats  A second call finds other epochs, and changes nothing.
-- Cost     some look-ups; the memory of the old keys is freed in the background.
-- luacheck: read globals unlink_slots
local known = redis.call('HMGET', KEYS[1], 'live', 'building', 'builder')
if (known[1] or '') ~= ARGV[1] or (known[2] or '') ~= ARGV[2] then
  return {'moved', known[1] or '', known[2] or ''}
end
if (known[3] or '') ~= ARGV[6] then return {'changed'} end

local identity = ARGV[3]
local marker = KEYS[3] and redis.call('HGET', KEYS[3], '')
if identity == '' and marker then return {'changed'} end
if identity ~= '' and (not marker or string.sub(marker, 1, #identity) ~= identity) then return {'changed'} end
if redis.call('HGET', KEYS[2], '') ~= ARGV[4] then return {'changed'} end

redis.call('HSET', KEYS[2], '', ARGV[5])
redis.call('HSET', KEYS[1], 'live', ARGV[2])
redis.call('HDEL', KEYS[1], 'building', 'builder')
if KEYS[3] then
  unlink_slots(KEYS[6])
  redis.call('UNLINK', KEYS[3], KEYS[4], KEYS[5], KEYS[6])
end
return {'finished'}
