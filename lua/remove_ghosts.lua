-- Removes from an epoch what belongs to no account: accounts that the ledger does not have, and members of a board
-- that the accounts beside it do not have there.
--
-- KEYS     1 the accounts of the epoch; 2 its board balance; 3 its board earned; 4 its sums
-- ARGV     1 the identity that the marker must begin with; then three for each: 'account', the user id, and the packed
--          account as it was seen; or the name of a board, the member, and nothing
-- Returns  nothing where the marker is missing or another; else how many were removed.
-- Repeats  An account goes only as it was seen, a member only if it still belongs to nobody: a repeat finds none.
-- Torn     As in apply_accounts.
-- Cost     about 10 us each among 1,000,000; 64 a call.
local marker = redis.call('HGET', KEYS[1], '')
if not marker or string.sub(marker, 1, #ARGV[1]) ~= ARGV[1] then return false end

local boards = {
  balance = {key = KEYS[2], presence = 9, value = 17, time = 49},
  earned = {key = KEYS[3], presence = 57, value = 33, time = 57},
}
local absent = string.rep('\0', 8)

local function member_of(board, account, user)
  if not account or #account < 72 or string.sub(account, board.presence, board.presence + 7) == absent then
    return nil
  end
  return string.sub(account, board.time, board.time + 7) .. user
end

local has_begun = false
local function begin()
  if not has_begun then redis.call('HINCRBY', KEYS[4], 'begun', 1) end
  has_begun = true
end

local function remove_account(user, seen)
  local account = redis.call('HGET', KEYS[1], user)
  if user == '' or account ~= seen then return 0 end
  begin()
  for name, board in pairs(boards) do
    local member = member_of(board, account, user)
    if member then
      redis.call('ZREM', board.key, member)
      local high, low = struct.unpack('>i4I4', account, board.value)
      redis.call('HINCRBY', KEYS[4], name .. ':high', string.format('%.0f', 0 - high))
      redis.call('HINCRBY', KEYS[4], name .. ':low', string.format('%.0f', 0 - low))
    end
  end
  return redis.call('HDEL', KEYS[1], user)
end

local function remove_member(board, member)
  local user = string.sub(member, 9)
  local account = user ~= '' and redis.call('HGET', KEYS[1], user)
  if member_of(board, account, user) == member then return 0 end
  if not redis.call('ZSCORE', board.key, member) then return 0 end
  begin()
  return redis.call('ZREM', board.key, member)
end

local removed = 0
for index = 2, #ARGV, 3 do
  if ARGV[index] == 'account' then
    removed = removed + remove_account(ARGV[index + 1], ARGV[index + 2])
  else
    removed = removed + remove_member(boards[ARGV[index]], ARGV[index + 1])
  end
end
if has_begun then redis.call('HINCRBY', KEYS[4], 'ended', 1) end
return removed
