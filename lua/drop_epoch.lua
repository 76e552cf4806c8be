-- Abandons the epoch that is being built.
--
-- KEYS     1 the epochs of the type; 2 to 5 accounts, balance, earned and sums of the epoch being built
-- ARGV     1 the epoch being built as the caller knows it; 2 the identity that the caller saw its marker begin
--          with, empty for no marker; 3 its builder as the caller knows it, empty for none
-- Returns  'dropped'; 'moved' and both epochs, if another is being built or none; or 'changed' if its
--          builder is another, or its marker no longer of the identity that the caller judged.
-- Repeats  A second call finds no such epoch, and changes nothing.
-- Cost     some look-ups; the memory of the keys is freed in the background.
-- luacheck: read globals unlink_slots
local known = redis.call('HMGET', KEYS[1], 'live', 'building', 'builder')
if (known[2] or '') ~= ARGV[1] then return {'moved', known[1] or '', known[2] or ''} end
if (known[3] or '') ~= ARGV[3] then return {'changed'} end

local identity = ARGV[2]
local marker = redis.call('HGET', KEYS[2], '')
if identity == '' and marker then return {'changed'} end
if identity ~= '' and (not marker or string.sub(marker, 1, #identity) ~= identity) then return {'changed'} end

redis.call('HDEL', KEYS[1], 'building', 'builder')
unlink_slots(KEYS[5])
redis.call('UNLINK', KEYS[2], KEYS[3], KEYS[4], KEYS[5])
return {'dropped'}
