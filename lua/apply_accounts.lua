-- Brings accounts of one point type, and their places on its boards, up to the states given.
--
-- KEYS     1 the epochs of the type; then accounts, balance, earned and sums of the live epoch if there is one;
--          then the same four of the epoch that is being built, if there is one
-- ARGV     1 the identity that a marker must begin with; 2 and 3 the live epoch and the one being built, as the
--          caller knows them, empty for none; 4 '1' to repair; 5 '1' to leave the live epoch alone (rebuild); then
--          for each account: user id, packed account, score of its balance, score of what it earned, and for a
--          repair the packed account as it was seen, empty for none. It is laid out in PackedAccount.swift.
-- Returns  'moved' and both epochs, when they are not those that the caller knows: nothing was written.
--          Else 'sent', then what became of it in either epoch: 'applied', 'none' where there is no such epoch,
--          'unmarked' where the marker is missing, or the marker itself, if it is another ledger's.
-- Repeats  A state is written only over an older revision, so order does not matter and repeats do nothing. A repair
--          writes whatever the revisions say, but only over what was seen: what came since then is no damage.
--          Nothing is written under a missing or another marker: what would be there is not a mirror.
-- Torn     The effects stand between two counts in the sums, begun and ended. An append-only file that was cut in
--          the middle of them keeps a part, which Redis joins to what it writes next and carries out with that at
--          the load after next. Then the counts differ for ever, and the mirror is not read but built anew.
-- Cost     about 20 us an account that changes on both boards among 1,000,000, 3 us one that has nothing new;
--          64 to 128 accounts a call, alone 38 us.
local identity, live, building = ARGV[1], ARGV[2], ARGV[3]
local is_repair, skips_live = ARGV[4] == '1', ARGV[5] == '1'
local first_account, width = 6, is_repair and 5 or 4

local known = redis.call('HMGET', KEYS[1], 'live', 'building')
if (known[1] or '') ~= live or (known[2] or '') ~= building then
  return {'moved', known[1] or '', known[2] or ''}
end

-- Where a packed account holds what the boards need. Who has no version is not on balance, and who never earned
-- is not on earned.
local balance_board = {name = 'balance', presence = 9, value = 17, time = 49}
local earned_board = {name = 'earned', presence = 57, value = 33, time = 57}
local absent = string.rep('\0', 8)

local function member(board, account, user)
  if not account or string.sub(account, board.presence, board.presence + 7) == absent then return nil end
  return string.sub(account, board.time, board.time + 7) .. user
end

-- What changes on one board is gathered and written with one command of each kind. A sum is kept as two limbs
-- of 32 bits: their changes within one call are exact in a double, and each limb has room for 2^31 members.
local function new_changes() return {removed = {}, added = {}, high = 0, low = 0} end

local function change(board, changes, user, old, new, score, is_forced)
  local was, is = member(board, old, user), member(board, new, user)
  local high, low
  if was then
    local is_same = was == is and not is_forced
      and string.sub(old, board.value, board.value + 7) == string.sub(new, board.value, board.value + 7)
    if is_same then return end
    high, low = struct.unpack('>i4I4', old, board.value)
    changes.high, changes.low = changes.high - high, changes.low - low
    if was ~= is then changes.removed[#changes.removed + 1] = was end
  end
  if is then
    high, low = struct.unpack('>i4I4', new, board.value)
    changes.high, changes.low = changes.high + high, changes.low + low
    changes.added[#changes.added + 1] = score
    changes.added[#changes.added + 1] = is
  end
end

local function write_changes(board, changes, board_key, sums_key)
  if #changes.removed > 0 then redis.call('ZREM', board_key, unpack(changes.removed)) end
  if #changes.added > 0 then redis.call('ZADD', board_key, unpack(changes.added)) end
  for _, limb in ipairs({'high', 'low'}) do
    if changes[limb] ~= 0 then
      redis.call('HINCRBY', sums_key, board.name .. ':' .. limb, string.format('%.0f', changes[limb]))
    end
  end
end

-- Writes to the epoch whose four keys begin there.
local function apply(first_key)
  local accounts, sums = KEYS[first_key], KEYS[first_key + 3]
  local fields = {''}
  for index = first_account, #ARGV, width do fields[#fields + 1] = ARGV[index] end
  local held = redis.call('HMGET', accounts, unpack(fields))
  if not held[1] then return 'unmarked' end
  if string.sub(held[1], 1, #identity) ~= identity then return held[1] end

  local states, balance, earned, current = {}, new_changes(), new_changes(), {}
  local has_begun = false
  local function write()
    if #states == 0 then return end
    if not has_begun then redis.call('HINCRBY', sums, 'begun', 1) end
    has_begun = true
    redis.call('HSET', accounts, unpack(states))
    write_changes(balance_board, balance, KEYS[first_key + 1], sums)
    write_changes(earned_board, earned, KEYS[first_key + 2], sums)
    states, balance, earned = {}, new_changes(), new_changes()
  end
  for place = 2, #fields do
    local index = first_account + (place - 2) * width
    local user, new = fields[place], ARGV[index + 1]
    local old = current[user]
    -- A user who is named twice in one call: what was gathered must be there before it is changed again.
    if old then write() else old = held[place] end
    local is_forced = is_repair and (old or '') == ARGV[index + 4]
    -- What is too short was not written by us. Nobody knows where its members were; whoever verifies finds them.
    if old and #old < 72 then old = nil end
    if is_forced or not old or struct.unpack('>d', new) > struct.unpack('>d', old) then
      states[#states + 1] = user
      states[#states + 1] = new
      change(balance_board, balance, user, old, new, ARGV[index + 2], is_forced)
      change(earned_board, earned, user, old, new, ARGV[index + 3], is_forced)
      current[user] = new
    end
  end
  write()
  if has_begun then redis.call('HINCRBY', sums, 'ended', 1) end
  return 'applied'
end

local live_outcome, building_outcome = 'none', 'none'
if live ~= '' and not skips_live then live_outcome = apply(2) end
if building ~= '' then building_outcome = apply(live == '' and 2 or 6) end
return {'sent', live_outcome, building_outcome}
