-- Compares what a board shows of some accounts with what a snapshot of it says of them, where both are of the same
-- state.
--
-- KEYS     1 the accounts of the epoch; 2 the sorted set of the board; 3 the sums of the epoch; 4 of a slot, the scores
--          that dense ranks are counted in
-- ARGV     1 the board: 'balance', 'earned', or the key of a slot; 2 how many are listed before the first of these;
--          from 3, two for each account in the order of the board: the user, and 32 bytes: how many transactions the
--          account had, the score, since when, and the score as a double
-- Returns  nothing where there is no marker; else the marker, how many are as they should be, and the places from 1 of
--          those that are not: accounts of the same state that say something else, or whose member is not there or has
--          another score, and accounts that are older or missing. Those that have gone on since are neither. Of a
--          period that is closed for good nothing is there to be compared.
-- Repeats  It writes nothing.
-- Cost     about 3 us an account among 1,000,000, where they still stand side by side; else 2 us more. 256 a call.
-- luacheck: read globals count_slots places_of is_kept
local part, from_bytes = string.sub, struct.unpack
local board, offset = ARGV[1], tonumber(ARGV[2])
local count = (#ARGV - 2) / 2
local fields = {''}
for index = 1, count do fields[index + 1] = ARGV[1 + 2 * index] end
local held = redis.call('HMGET', KEYS[1], unpack(fields))
if not held[1] then return false end
if #board == 8 and not is_kept(KEYS[3], board) then return {held[1], 0, {}} end

-- They stand side by side, or did: some more are read for those that have moved a little.
local margin = 16
local members = redis.call(
  'ZRANGE', KEYS[2], math.max(0, offset - margin), offset + count - 1 + margin, 'WITHSCORES')
local scores = {}
for index = 1, #members, 2 do scores[members[index]] = members[index + 1] end

-- Where ranks are dense, a score counts only if it is among those that they are counted in.
local counted = {}
local function is_counted(account, place, wanted)
  if #board < 8 or string.byte(account, place + 16) < 2 then return true end
  local value = part(account, place, place + 7)
  if counted[value] == nil then
    local score = redis.call('ZSCORE', KEYS[4], value)
    counted[value] = score and tonumber(score) == wanted or false
  end
  return counted[value]
end

local function is_as_told(account, user, told)
  local place, time = places_of(account, board)
  if not place or part(account, place, place + 7) ~= part(told, 9, 16)
    or part(account, time, time + 7) ~= part(told, 17, 24) then
    return false
  end
  local member = part(told, 17, 24) .. user
  local score = scores[member] or redis.call('ZSCORE', KEYS[2], member)
  local wanted = from_bytes('>d', told, 25)
  return score and tonumber(score) == wanted and is_counted(account, place, wanted)
end

-- The limbs of a number that is never negative.
local function is_less(bytes, other)
  local high, low = from_bytes('>I4I4', bytes)
  local other_high, other_low = from_bytes('>I4I4', other)
  return high < other_high or high == other_high and low < other_low
end

local agreed, others = 0, {}
for index = 1, count do
  local account, told = held[index + 1], ARGV[2 + 2 * index]
  if not count_slots(account) then
    others[#others + 1] = index
  elseif part(account, 9, 16) == part(told, 1, 8) then
    if is_as_told(account, fields[index + 1], told) then
      agreed = agreed + 1
    else
      others[#others + 1] = index
    end
  elseif is_less(part(account, 9, 16), told) then
    others[#others + 1] = index
  end
end
return {held[1], agreed, others}
