-- Reads where each user of a list stands on a board.
--
-- KEYS     as rank_rows.lua says
-- ARGV     1 and 2 as rank_rows.lua says; then the user ids
-- Returns  nothing where there is no marker; else the marker, the number of members, the packed accounts or nothing for
--          each, and for each what the rank is one more than, -1 for who is not on the board.
-- Repeats  It writes nothing.
-- Cost     about 7 us a user among 1,000,000; at most 128 a call.
-- luacheck: read globals count_slots member_of count_before is_kept
local board, style = ARGV[1], ARGV[2]
if #ARGV[1] == 8 and not is_kept(KEYS[3], ARGV[1]) then return redis.error_reply('RETIRED this period is closed') end
local fields = {''}
for index = 3, #ARGV do fields[index - 1] = ARGV[index] end
local found = redis.call('HMGET', KEYS[1], unpack(fields))
if not found[1] then return false end

local accounts, before = {}, {}
for place = 2, #fields do
  local account = found[place]
  accounts[place - 1] = account
  before[place - 1] = -1
  local member = member_of(account, board, fields[place])
  if account and not count_slots(account) then
    return redis.error_reply('DRIFT what is there is no account')
  end
  if member then
    local score = redis.call('ZSCORE', KEYS[2], member)
    if not score then return redis.error_reply('DRIFT an account is not on the board it belongs on') end
    before[place - 1] = count_before(style, member, score)
  end
end
return {found[1], redis.call('ZCARD', KEYS[2]), accounts, before}
