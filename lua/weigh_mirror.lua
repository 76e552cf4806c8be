-- Tells how much an epoch holds, with some of its accounts, all of one moment.
--
-- KEYS     1 the accounts of the epoch; 2 its board balance; 3 its board earned; 4 its sums
-- ARGV     the users whose accounts to read, at most some thousands
-- Returns  nothing where there is no marker; else the marker, the number of accounts, of members of balance and of
--          earned, the limbs of both sums (balance high and low, earned high and low), the packed accounts, and for
--          each slot that there is in turn its name, the number of its members, and the limbs of its sum.
-- Repeats  It writes nothing.
-- Cost     some look-ups, 1 us an account, and 3 us a slot that there is.
-- luacheck: read globals slots_beside
local marker = redis.call('HGET', KEYS[1], '')
if not marker then return false end
local held = {}
for first = 1, #ARGV, 1000 do
  local found = redis.call('HMGET', KEYS[1], unpack(ARGV, first, math.min(first + 999, #ARGV)))
  for index = 1, #found do held[first + index - 1] = found[index] end
end
local prefix, slots = string.sub(KEYS[4], 1, -5), {}
for _, slot in ipairs(slots_beside(KEYS[4])) do
  slots[#slots + 1] = slot
  slots[#slots + 1] = redis.call('ZCARD', prefix .. 'b:' .. slot)
  slots[#slots + 1] = redis.call('HMGET', KEYS[4], slot .. ':high', slot .. ':low')
end
return {
  marker, redis.call('HLEN', KEYS[1]) - 1, redis.call('ZCARD', KEYS[2]), redis.call('ZCARD', KEYS[3]),
  redis.call('HMGET', KEYS[4], 'balance:high', 'balance:low', 'earned:high', 'earned:low'), held, slots,
}
