-- Removes from an epoch what belongs to no account: accounts that the ledger does not have, and members of a board
-- that the accounts beside it do not have there.
--
-- KEYS     1 the accounts of the epoch; 2 its board balance; 3 its board earned; 4 its sums
-- ARGV     1 the identity that the marker must begin with; then three for each: 'account', the user id, and the packed
--          account as it was seen; or a board (find_places.lua), the member, and nothing
-- Returns  nothing where the marker is missing or another; else how many were removed.
-- Repeats  An account goes only as it was seen, a member only if it still belongs to nobody: a repeat finds none.
-- Torn     As in apply_accounts.
-- Cost     about 10 us each among 1,000,000; 64 a call.
-- luacheck: read globals count_slots places_of member_of is_kept
local marker = redis.call('HGET', KEYS[1], '')
if not marker or string.sub(marker, 1, #ARGV[1]) ~= ARGV[1] then return false end
local prefix = string.sub(KEYS[4], 1, -5)

local function hexadecimal(slot) return string.format('%08x%08x', struct.unpack('>I4I4', slot)) end

-- The sorted set of a board, and what its sums are called.
local function set_of(board)
  if board == 'balance' then return KEYS[2], board end
  if board == 'earned' then return KEYS[3], board end
  local name = hexadecimal(board)
  return prefix .. 'b:' .. name, name
end

local has_begun = false
local function begin()
  if not has_begun then redis.call('HINCRBY', KEYS[4], 'begun', 1) end
  has_begun = true
end

-- Where ranks are dense, a score that nobody has any more is not counted.
local function forget_score(board, account, value)
  if #board ~= 8 or string.byte(account, value + 16) < 2 then return end
  local set, name = set_of(board)
  local scores = prefix .. 'd:' .. name
  local score = redis.call('ZSCORE', scores, string.sub(account, value, value + 7))
  if score and redis.call('ZCOUNT', set, score, score) == 0 then
    redis.call('ZREMRANGEBYSCORE', scores, score, score)
  end
end

local function leave(board, account, user)
  local value = places_of(account, board)
  if not value or #board == 8 and not is_kept(KEYS[4], board) then return end
  local set, name = set_of(board)
  redis.call('ZREM', set, member_of(account, board, user))
  local high, low = struct.unpack('>i4I4', account, value)
  redis.call('HINCRBY', KEYS[4], name .. ':high', string.format('%.0f', 0 - high))
  redis.call('HINCRBY', KEYS[4], name .. ':low', string.format('%.0f', 0 - low))
  forget_score(board, account, value)
end

local function remove_account(user, seen)
  local account = redis.call('HGET', KEYS[1], user)
  if user == '' or account ~= seen then return 0 end
  begin()
  leave('balance', account, user)
  leave('earned', account, user)
  for index = 1, count_slots(account) or 0 do
    leave(string.sub(account, 43 + 32 * index, 50 + 32 * index), account, user)
  end
  return redis.call('HDEL', KEYS[1], user)
end

local function remove_member(board, member)
  local user = string.sub(member, 9)
  local account = user ~= '' and redis.call('HGET', KEYS[1], user)
  if member_of(account, board, user) == member then return 0 end
  local set = set_of(board)
  if not redis.call('ZSCORE', set, member) then return 0 end
  begin()
  return redis.call('ZREM', set, member)
end

local removed = 0
for index = 2, #ARGV, 3 do
  if ARGV[index] == 'account' then
    removed = removed + remove_account(ARGV[index + 1], ARGV[index + 2])
  else
    removed = removed + remove_member(ARGV[index], ARGV[index + 1])
  end
end
if has_begun then redis.call('HINCRBY', KEYS[4], 'ended', 1) end
return removed
