-- Walks a board without an order, and finds members that the accounts beside it do not have there.
--
-- KEYS     1 the accounts of the epoch; 2 its board
-- ARGV     1 the cursor, '0' to begin; 2 about how many members to look at; 3 the board (find_places.lua)
-- Returns  nothing where there is no marker; else the marker, the next cursor, '0' at the end, how many members were
--          looked at, and then three values for each that does not fit: the member, its score, and the account
--          that is there for its user, or empty.
--          Every member that is there from the first call to the last is looked at, whatever happens meanwhile; some
--          perhaps twice. A member that does not fit is one for certain: it and its account are of one moment.
-- Repeats  It writes nothing.
-- Cost     about 4 us a member among 1,000,000; 128 members a call.
-- luacheck: read globals places_of score_of
local marker = redis.call('HGET', KEYS[1], '')
if not marker then return false end

local board = ARGV[3]
local found = redis.call('ZSCAN', KEYS[2], ARGV[1], 'COUNT', ARGV[2])
local members = found[2]

local reply = {marker, found[1], #members / 2}
-- A board of few members comes whole, whatever was asked for; arguments are bounded all the same.
for first = 1, #members, 1000 do
  local users, last = {}, math.min(first + 999, #members)
  for index = first, last, 2 do users[#users + 1] = string.sub(members[index], 9) end
  local held = redis.call('HMGET', KEYS[1], unpack(users))
  for place, account in ipairs(held) do
    local member, score = members[first + place * 2 - 2], members[first + place * 2 - 1]
    local value, time = places_of(users[place] ~= '' and account, board)
    local fits = value and string.sub(account, time, time + 7) == string.sub(member, 1, 8)
      and tonumber(score) == score_of(account, board, value)
    if not fits then
      local index = #reply
      reply[index + 1], reply[index + 2], reply[index + 3] = member, score, account or ''
    end
  end
end
return reply
