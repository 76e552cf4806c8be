-- Reads the rows of a board around a user, or around a score that nobody needs to have.
--
-- KEYS     1 the accounts of the epoch; 2 its board
-- ARGV     1 'user' or 'score'; 2 the user id, or the score as text; 3 how many rows to read; 4 and 5 where a packed
--          account begins to say whether it is on the board, and since when it has its score
-- Returns  nothing where there is no marker; else the marker, the number of members, how many of them are
--          strictly better than the first row, the user ids, their packed accounts, and how many members are
--          listed before the first row: -1 for a user who is not on the board, and then there are no rows.
-- Repeats  It writes nothing.
-- Cost     about 40 us for 11 rows among 1,000,000.
local found = redis.call('HMGET', KEYS[1], '', ARGV[1] == 'user' and ARGV[2] or '')
local marker, account = found[1], found[2]
if not marker then return false end

local count = redis.call('ZCARD', KEYS[2])
local center
if ARGV[1] == 'score' then
  center = redis.call('ZCOUNT', KEYS[2], '-inf', '(' .. ARGV[2])
else
  local presence, time = tonumber(ARGV[4]), tonumber(ARGV[5])
  if not account or string.sub(account, presence, presence + 7) == string.rep('\0', 8) then
    return {marker, count, 0, {}, {}, -1}
  end
  center = redis.call('ZRANK', KEYS[2], string.sub(account, time, time + 7) .. ARGV[2])
  if not center then return redis.error_reply('DRIFT an account is not on the board it belongs on') end
end

-- As many rows before as behind; at either end of the board, more on the other side.
local limit = tonumber(ARGV[3])
local offset = math.max(0, math.min(center - math.floor(limit / 2), count - limit))
local members = redis.call('ZRANGE', KEYS[2], offset, offset + limit - 1)
if #members == 0 then return {marker, count, 0, {}, {}, offset} end

local better = redis.call('ZCOUNT', KEYS[2], '-inf', '(' .. redis.call('ZSCORE', KEYS[2], members[1]))
local users = {}
for index, member in ipairs(members) do users[index] = string.sub(member, 9) end
return {marker, count, better, users, redis.call('HMGET', KEYS[1], unpack(users)), offset}
