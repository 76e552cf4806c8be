-- Walks the accounts of an epoch without an order, and tells in which state each is.
--
-- KEYS     1 the accounts of the epoch
-- ARGV     1 the cursor, '0' to begin; 2 about how many to read
-- Returns  nothing where there is no marker; else the marker, the next cursor, '0' at the end, and in turn a user id
--          and revision and instant of his state, as PackedAccount.swift lays them out. Who is there from the first
--          call to the last is returned, whatever happens meanwhile; some perhaps twice.
-- Repeats  It writes nothing.
-- Cost     about 1 us an account; 512 accounts a call.
local marker = redis.call('HGET', KEYS[1], '')
if not marker then return false end
local found = redis.call('HSCAN', KEYS[1], ARGV[1], 'COUNT', ARGV[2])
local states = {}
for index = 1, #found[2], 2 do
  local user, packed = found[2][index], found[2][index + 1]
  if user ~= '' then
    states[#states + 1] = user
    states[#states + 1] = string.sub(packed, 1, 8) .. string.sub(packed, 65, 72)
  end
end
return {marker, found[1], states}
