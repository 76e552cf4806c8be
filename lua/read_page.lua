-- Reads rows of a board in its order, and on demand what the statistics of the whole board need.
--
-- KEYS     as rank_rows.lua says
-- ARGV     1 and 2 as rank_rows.lua says; 3 how many rows to leave out; 4 how many to read; 5 what the sums of the
--          board are called, for statistics, or empty; 6 of which share of the members the rows are at most, in
--          hundredths of a percent, or empty; 7 the state in which the caller read this page before, or empty
-- Returns  nothing where there is no marker. The marker and the state, if that is the one given: nothing of the point
--          type has changed since. Else the marker, the number of members, what the rank of the first row is one more
--          than, the user ids, their packed accounts, the two limbs of the sum, the packed accounts of the one or two
--          members in the middle, how many members the share has, or -1, and the state, empty where nobody knows it.
-- Repeats  It writes nothing.
-- Cost     about 50 us for 100 rows among 1,000,000, the same again and again, and 20 us for 25 rows with statistics;
--          200 to 450 us for 100 rows anywhere on 100 boards, by machine; for a page that has not changed, look-ups.
-- luacheck: read globals count_before is_kept
if #ARGV[1] == 8 and not is_kept(KEYS[3], ARGV[1]) then return redis.error_reply('RETIRED this period is closed') end
local marker = redis.call('HGET', KEYS[1], '')
if not marker then return false end
-- Which epoch it is (numbers begin anew when Redis was emptied), and how many changes were begun in it.
local epoch = redis.call('HMGET', KEYS[3], 'born', 'begun')
local state = epoch[1] and epoch[1] .. (epoch[2] or '') or ''
if state ~= '' and state == ARGV[7] then return {marker, state} end

local function accounts_of(members)
  local users = {}
  for index, member in ipairs(members) do users[index] = string.sub(member, 9) end
  if #users == 0 then return users, {} end
  return users, redis.call('HMGET', KEYS[1], unpack(users))
end

local offset, limit = tonumber(ARGV[3]), tonumber(ARGV[4])
local count = redis.call('ZCARD', KEYS[2])
-- Whoever has the score of the last place of a share is in it.
local last, share = offset + limit, -1
if ARGV[6] ~= '' then
  share = 0
  if count > 0 then
    local place = string.format('%.0f', math.floor((count * tonumber(ARGV[6]) + 9999) / 10000) - 1)
    share = redis.call('ZCOUNT', KEYS[2], '-inf', redis.call('ZRANGE', KEYS[2], place, place, 'WITHSCORES')[2])
  end
  last = math.min(last, share)
end
local members = {}
if limit > 0 and offset < count and offset < last then
  members = redis.call('ZRANGE', KEYS[2], ARGV[3], string.format('%.0f', last - 1))
end
local before = 0
if offset > 0 and #members > 0 then
  before = count_before(ARGV[2], members[1], redis.call('ZSCORE', KEYS[2], members[1]))
end
local users, accounts = accounts_of(members)

local sum, middle, sums = {}, {}, ARGV[5]
if sums ~= '' and count > 0 then
  sum = redis.call('HMGET', KEYS[3], sums .. ':high', sums .. ':low')
  local left, right = math.floor((count - 1) / 2), math.floor(count / 2)
  local _, found = accounts_of(redis.call('ZRANGE', KEYS[2], left, right))
  middle = found
end
return {marker, count, before, users, accounts, sum, middle, share, state}
