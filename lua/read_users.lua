-- Reads where each user of a list stands on a board.
--
-- KEYS     1 the accounts of the epoch; 2 its board
-- ARGV     1 and 2 where a packed account begins to say whether it is on the board, and since when it has its
--          score; then the user ids
-- Returns  nothing where there is no marker; else the marker, the number of members, the packed accounts or
--          nothing for each, and for each how many members are strictly better, -1 for who is not on the board.
-- Repeats  It writes nothing.
-- Cost     about 7 us a user among 1,000,000; at most 128 a call.
local presence, time = tonumber(ARGV[1]), tonumber(ARGV[2])
local fields = {''}
for index = 3, #ARGV do fields[index - 1] = ARGV[index] end
local found = redis.call('HMGET', KEYS[1], unpack(fields))
if not found[1] then return false end

local absent = string.rep('\0', 8)
local accounts, better = {}, {}
for place = 2, #fields do
  local account = found[place]
  accounts[place - 1] = account
  better[place - 1] = -1
  if account and string.sub(account, presence, presence + 7) ~= absent then
    local score = redis.call('ZSCORE', KEYS[2], string.sub(account, time, time + 7) .. fields[place])
    if not score then return redis.error_reply('DRIFT an account is not on the board it belongs on') end
    better[place - 1] = redis.call('ZCOUNT', KEYS[2], '-inf', '(' .. score)
  end
end
return {found[1], redis.call('ZCARD', KEYS[2]), accounts, better}
