-- Reads the rows of a board around a user, or around a score that nobody needs to have.
--
-- KEYS     as rank_rows.lua says
-- ARGV     1 and 2 as rank_rows.lua says; 3 'user' or 'score'; 4 the user id, or the score as text; 5 how many rows to
--          read
-- Returns  nothing where there is no marker; else the marker, the number of members, what the rank of the first row is
--          one more than, the user ids, their packed accounts, and how many members are listed before the first row: -1
--          for a user who is not on the board, and then there are no rows.
-- Repeats  It writes nothing.
-- Cost     about 40 us for 11 rows among 1,000,000.
-- luacheck: read globals count_slots member_of count_before is_kept
local board, style, is_user = ARGV[1], ARGV[2], ARGV[3] == 'user'
if #ARGV[1] == 8 and not is_kept(KEYS[3], ARGV[1]) then return redis.error_reply('RETIRED this period is closed') end
local found = redis.call('HMGET', KEYS[1], '', is_user and ARGV[4] or '')
local marker, account = found[1], found[2]
if not marker then return false end

local count = redis.call('ZCARD', KEYS[2])
local center
if is_user then
  local member = member_of(account, board, ARGV[4])
  if account and not count_slots(account) then return redis.error_reply('DRIFT what is there is no account') end
  if not member then return {marker, count, 0, {}, {}, -1} end
  center = redis.call('ZRANK', KEYS[2], member)
  if not center then return redis.error_reply('DRIFT an account is not on the board it belongs on') end
else
  center = count_before('competition', nil, ARGV[4])
end

-- As many rows before as behind; at either end of the board, more on the other side.
local limit = tonumber(ARGV[5])
local offset = math.max(0, math.min(center - math.floor(limit / 2), count - limit))
local members = redis.call('ZRANGE', KEYS[2], offset, offset + limit - 1)
if #members == 0 then return {marker, count, 0, {}, {}, offset} end

local before = count_before(style, members[1], redis.call('ZSCORE', KEYS[2], members[1]))
local users = {}
for index, member in ipairs(members) do users[index] = string.sub(member, 9) end
return {marker, count, before, users, redis.call('HMGET', KEYS[1], unpack(users)), offset}
