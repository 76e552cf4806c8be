-- Reads the scores that shares of the members do not exceed, and what the statistics of the whole board need.
--
-- KEYS     as rank_rows.lua says
-- ARGV     1 and 2 as rank_rows.lua says; 3 what the sums of the board are called; 4 whether the lowest score is the
--          best; then the shares, in percent
-- Returns  nothing where there is no marker; else the marker, the number of members, the packed account of the member
--          at each share, the two limbs of the sum, and the packed accounts of the one or two members in the middle.
-- Repeats  It writes nothing.
-- Cost     about 3 us a share among 1,000,000.
-- luacheck: read globals is_kept
if #ARGV[1] == 8 and not is_kept(KEYS[3], ARGV[1]) then return redis.error_reply('RETIRED this period is closed') end
local marker = redis.call('HGET', KEYS[1], '')
if not marker then return false end

local count = redis.call('ZCARD', KEYS[2])
if count == 0 then return {marker, 0, {}, {}, {}} end

local users = {}
local function add(place)
  local text = string.format('%.0f', place)
  users[#users + 1] = string.sub(redis.call('ZRANGE', KEYS[2], text, text)[1], 9)
end
for index = 5, #ARGV do
  -- Counted from the lowest score on.
  local place = math.max(1, math.floor((count * tonumber(ARGV[index]) + 99) / 100))
  add(ARGV[4] == '1' and place - 1 or count - place)
end
local found = redis.call('HMGET', KEYS[1], unpack(users))

users = {}
add(math.floor((count - 1) / 2))
if count % 2 == 0 then add(count / 2) end
local middle = redis.call('HMGET', KEYS[1], unpack(users))
return {marker, count, found, redis.call('HMGET', KEYS[3], ARGV[3] .. ':high', ARGV[3] .. ':low'), middle}
