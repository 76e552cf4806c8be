-- Reads where users stand on a board, and whom each of them has to overtake next.
--
-- KEYS     as rank_rows.lua says
-- ARGV     1 and 2 as rank_rows.lua says; 3 'next' where the next to overtake are asked for; then the user ids
-- Returns  nothing where there is no marker; else the marker, the number of members, and a list each, with a value for
--          each user, of: packed accounts or nothing; what ranks are one more than, -1 for who is not on the board, -2
--          where account and board do not fit together; and, where asked for, how many members are strictly better,
--          and the packed account of the last of those or nothing.
-- Repeats  It writes nothing.
-- Cost     among 1,000,000 and with the next to overtake 28 us for one user, 18 each for four, 15 each for 32; without
--          9 each; at most 128 users.
-- luacheck: read globals count_slots member_of count_before is_kept
local board, style, is_next_asked = ARGV[1], ARGV[2], ARGV[3] == 'next'
if #ARGV[1] == 8 and not is_kept(KEYS[3], ARGV[1]) then return redis.error_reply('RETIRED this period is closed') end
local fields = {''}
for index = 4, #ARGV do fields[index - 2] = ARGV[index] end
local found = redis.call('HMGET', KEYS[1], unpack(fields))
local marker = found[1]
if not marker then return false end

local accounts, before, better, overtaken = {}, {}, {}, {}
-- The accounts of all who are to be overtaken are looked up at once.
local places, users = {}, {}
for place = 1, #fields - 1 do
  local user, account = fields[place + 1], found[place + 1]
  accounts[place], before[place], better[place], overtaken[place] = account, -1, -1, false
  local member = member_of(account, board, user)
  local score = member and redis.call('ZSCORE', KEYS[2], member)
  if member and not score or account and not count_slots(account) then
    before[place] = -2
  elseif member then
    before[place] = count_before(style, member, score)
    if is_next_asked then
      local count = style == 'competition' and before[place] or count_before('competition', member, score)
      better[place] = count
      if count > 0 then
        places[#places + 1] = place
        users[#users + 1] = string.sub(redis.call('ZRANGE', KEYS[2], count - 1, count - 1)[1], 9)
      end
    end
  end
end
if #users > 0 then
  local there = redis.call('HMGET', KEYS[1], unpack(users))
  for index, place in ipairs(places) do overtaken[place] = there[index] end
end

local members = redis.call('ZCARD', KEYS[2])
if not is_next_asked then return {marker, members, accounts, before} end
return {marker, members, accounts, before, better, overtaken}
