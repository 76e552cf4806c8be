-- Walks a board without an order, and finds members that the accounts beside it do not have there.
--
-- KEYS     1 the accounts of the epoch; 2 its board
-- ARGV     1 the cursor, '0' to begin; 2 about how many members to look at; 3 to 5 where a packed account begins to say
--          whether it is on the board, what its value is, and since when it has it
-- Returns  nothing where there is no marker; else the marker, the next cursor, '0' at the end, how many members were
--          looked at, and then three values for each that does not fit: the member, its score, and the account
--          that is there for its user, or empty.
--          Every member that is there from the first call to the last is looked at, whatever happens meanwhile; some
--          perhaps twice. A member that does not fit is one for certain: it and its account are of one moment.
-- Repeats  It writes nothing.
-- Cost     about 4 us a member among 1,000,000; 128 members a call.
local marker = redis.call('HGET', KEYS[1], '')
if not marker then return false end

local presence, value, time = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local absent = string.rep('\0', 8)
local found = redis.call('ZSCAN', KEYS[2], ARGV[1], 'COUNT', ARGV[2])
local members = found[2]

-- As in check_accounts.
local function score_of(account)
  local high, low = struct.unpack('>i4I4', account, value)
  high, low = 1073741823 - high, 4294967295 - low
  if high >= 0 then return (struct.unpack('>d', struct.pack('>I4I4', high, low))) end
  if low == 0 then high = -high else high, low = -high - 1, 4294967296 - low end
  return -(struct.unpack('>d', struct.pack('>I4I4', high, low)))
end

local reply = {marker, found[1], #members / 2}
-- A board of few members comes whole, whatever was asked for; arguments are bounded all the same.
for first = 1, #members, 1000 do
  local users, last = {}, math.min(first + 999, #members)
  for index = first, last, 2 do users[#users + 1] = string.sub(members[index], 9) end
  local held = redis.call('HMGET', KEYS[1], unpack(users))
  for place, account in ipairs(held) do
    local member, score = members[first + place * 2 - 2], members[first + place * 2 - 1]
    local fits = users[place] ~= '' and account and #account >= 72
      and string.sub(account, presence, presence + 7) ~= absent
      and string.sub(account, time, time + 7) == string.sub(member, 1, 8)
      and tonumber(score) == score_of(account)
    if not fits then
      local index = #reply
      reply[index + 1], reply[index + 2], reply[index + 3] = member, score, account or ''
    end
  end
end
return reply
