-- Takes accounts of one point type, and their places on the two boards of all time, from the states that the caller
-- knows to the next ones. What is to be written was made ready by the caller: here it is only compared and handed on.
--
-- KEYS     1 the epochs of the type; 2 to 5 accounts, balance, earned and sums of the live epoch
-- ARGV     1 the identity that a marker must begin with; 2 the live epoch, as the caller knows it; 3 how many accounts;
--          4 and 5 how many members leave balance, and how many arguments say who enters; 6 and 7 the same of earned;
--          8 to 11 what is added to the limbs of the sums: balance high and low, earned high and low; then the users;
--          for each the packed account that must be there, empty for none; user and new packed account in turn; who
--          leaves balance; score and member in turn of who enters it; the same of earned. The accounts have no places
--          on defined boards, neither before nor afterwards, and each stands there once.
-- Returns  1; or 0 if the epochs are others, one is being built, the marker is missing or another one, or any account
--          is not as expected: then nothing was written, and apply_accounts is what can do it.
-- Repeats  A repeat finds other states than it expects, and does nothing.
-- Torn     As in apply_accounts: the effects stand between two counts in the sums, begun and ended.
-- Cost     a fifth less than apply_accounts for an account that changes on both boards: the same commands, and hardly
--          anything beside them.
local known = redis.call('HMGET', KEYS[1], 'live', 'building')
if known[1] ~= ARGV[2] or (known[2] or '') ~= '' then return 0 end

local identity, count = ARGV[1], tonumber(ARGV[3])
local first = 12
-- The next so many arguments.
local function take(number)
  first = first + number
  return unpack(ARGV, first - number, first - 1)
end

local held = redis.call('HMGET', KEYS[2], '', take(count))
if not held[1] or string.sub(held[1], 1, #identity) ~= identity then return 0 end
for index = 1, count do
  if (held[index + 1] or '') ~= ARGV[first + index - 1] then return 0 end
end
first = first + count

local function advance(key, name, leaving, entering, high, low)
  leaving, entering = tonumber(leaving), tonumber(entering)
  if leaving > 0 then redis.call('ZREM', key, take(leaving)) end
  if entering > 0 then redis.call('ZADD', key, take(entering)) end
  if high ~= '0' then redis.call('HINCRBY', KEYS[5], name .. ':high', high) end
  if low ~= '0' then redis.call('HINCRBY', KEYS[5], name .. ':low', low) end
end

redis.call('HINCRBY', KEYS[5], 'begun', 1)
redis.call('HSET', KEYS[2], take(2 * count))
advance(KEYS[3], 'balance', ARGV[4], ARGV[5], ARGV[8], ARGV[9])
advance(KEYS[4], 'earned', ARGV[6], ARGV[7], ARGV[10], ARGV[11])
redis.call('HINCRBY', KEYS[5], 'ended', 1)
return 1
