-- Reads rows of a board in its order, and on demand what the statistics of the whole board need.
--
-- KEYS     1 the accounts of the epoch; 2 its board; 3 its sums
-- ARGV     1 how many rows to leave out; 2 how many to read; 3 the name of the board, for statistics, or empty
-- Returns  nothing where there is no marker; else the marker, the number of members, how many of them are
--          strictly better than the first row, the user ids, their packed accounts, the two limbs of the sum,
--          and the packed accounts of the one or two members in the middle.
-- Repeats  It writes nothing.
-- Cost     about 50 us for 100 rows among 1,000,000; 20 us for 25 rows with statistics.
local marker = redis.call('HGET', KEYS[1], '')
if not marker then return false end

local function accounts_of(members)
  local users = {}
  for index, member in ipairs(members) do users[index] = string.sub(member, 9) end
  if #users == 0 then return users, {} end
  return users, redis.call('HMGET', KEYS[1], unpack(users))
end

local offset, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local count = redis.call('ZCARD', KEYS[2])
local members = {}
if limit > 0 and offset < count then
  members = redis.call('ZRANGE', KEYS[2], ARGV[1], string.format('%.0f', offset + limit - 1))
end
local better = 0
if offset > 0 and #members > 0 then
  better = redis.call('ZCOUNT', KEYS[2], '-inf', '(' .. redis.call('ZSCORE', KEYS[2], members[1]))
end
local users, accounts = accounts_of(members)

local sum, middle = {}, {}
if ARGV[3] ~= '' and count > 0 then
  sum = redis.call('HMGET', KEYS[3], ARGV[3] .. ':high', ARGV[3] .. ':low')
  local first, last = math.floor((count - 1) / 2), math.floor(count / 2)
  local _, found = accounts_of(redis.call('ZRANGE', KEYS[2], first, last))
  middle = found
end
return {marker, count, better, users, accounts, sum, middle}
