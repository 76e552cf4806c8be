-- Brings accounts of one point type, and their places on its boards, up to the states given.
--
-- KEYS     1 the epochs of the type; then accounts, balance, earned and sums of the live epoch if there is one;
--          then the same four of the epoch that is being built, if there is one
-- ARGV     1 the identity that a marker must begin with; 2 and 3 the live epoch and the one being built, as the
--          caller knows them, empty for none; 4 '1' to repair; 5 '1' to leave the live epoch alone (rebuild); then
--          for each account: user id, packed account, score of its balance, score of what it earned, for a repair
--          the packed account as it was seen, empty for none, and if it has slots their scores in their order, 24
--          characters each. An account is laid out in PackedAccount.swift.
-- Returns  'moved' and both epochs, when they are not those that the caller knows: nothing was written.
--          Else 'sent', then what became of it in either epoch: 'applied', 'none' where there is no such epoch,
--          'unmarked' where the marker is missing, or the marker itself, if it is another ledger's.
-- Repeats  A state is written only over an older revision, so order does not matter and repeats do nothing. A repair
--          writes whatever the revisions say, but only over what was seen: what came since then is no damage.
--          Nothing is written under a missing or another marker: what would be there is not a mirror. Of a period
--          that is closed for good nothing is written (keep_slots.lua), however late somebody sends it.
-- Torn     The effects stand between two counts in the sums, begun and ended. An append-only file that was cut in
--          the middle of them keeps a part, which Redis joins to what it writes next and carries out with that at
--          the load after next. Then the counts differ for ever, and the mirror is not read but built anew.
-- Cost     about 20 us an account that changes on both boards among 1,000,000, 3 us one that has nothing new, and
--          10 us for each slot that changes; 64 to 128 accounts a call, alone 38 us.
-- luacheck: read globals count_slots is_kept
local identity, live, building = ARGV[1], ARGV[2], ARGV[3]
local is_repair, skips_live = ARGV[4] == '1', ARGV[5] == '1'
local first_account, width = 6, is_repair and 5 or 4

local known = redis.call('HMGET', KEYS[1], 'live', 'building')
if (known[1] or '') ~= live or (known[2] or '') ~= building then
  return {'moved', known[1] or '', known[2] or ''}
end

-- The users, behind the field of the marker, and where the arguments of each begin.
local fields, arguments = {''}, {}
local argument = first_account
while argument <= #ARGV do
  fields[#fields + 1] = ARGV[argument]
  arguments[#fields] = argument
  argument = argument + width + (count_slots(ARGV[argument + 1]) > 0 and 1 or 0)
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

local function add(changes, sign, bytes, place)
  local high, low = struct.unpack('>i4I4', bytes, place)
  changes.high, changes.low = changes.high + sign * high, changes.low + sign * low
end

local function change(board, changes, user, old, new, score, is_forced)
  local was, is = member(board, old, user), member(board, new, user)
  if was then
    local is_same = was == is and not is_forced
      and string.sub(old, board.value, board.value + 7) == string.sub(new, board.value, board.value + 7)
    if is_same then return end
    add(changes, -1, old, board.value)
    if was ~= is then changes.removed[#changes.removed + 1] = was end
  end
  if is then
    add(changes, 1, new, board.value)
    changes.added[#changes.added + 1] = score
    changes.added[#changes.added + 1] = is
  end
end

-- Nothing of a slot that is not kept.
local function changes_of(slots, sums, slot)
  local changes = slots[slot]
  if changes == nil then
    changes = is_kept(sums, slot) and new_changes()
    if changes then changes.left, changes.reached = {}, {} end
    slots[slot] = changes
  end
  return changes
end

local function hexadecimal(slot) return string.format('%08x%08x', struct.unpack('>I4I4', slot)) end

-- The 32 bytes of a slot, as they were and as they are; either may be missing.
local function change_slot(slots, sums, user, was, is, score)
  local changes = changes_of(slots, sums, string.sub(is or was, 1, 8))
  if not changes then return end
  local old, new = was and string.sub(was, 17, 24) .. user, is and string.sub(is, 17, 24) .. user
  if was then
    add(changes, -1, was, 9)
    if old ~= new then changes.removed[#changes.removed + 1] = old end
    if string.byte(was, 25) >= 2 then changes.left[string.sub(was, 9, 16)] = true end
  end
  if is then
    add(changes, 1, is, 9)
    changes.added[#changes.added + 1] = score
    changes.added[#changes.added + 1] = new
    if string.byte(is, 25) >= 2 then changes.reached[string.sub(is, 9, 16)] = score end
  end
end

local function slots_of(account)
  local count = account and count_slots(account) or 0
  local slots = count > 0 and {struct.unpack(string.rep('c32', count), account, 75)} or {}
  slots[count + 1] = nil
  return slots, count
end

-- Most are where they were, as they were. The others are found by their keys.
local function change_slots(slots, sums, user, old, new, scores, is_forced)
  local were, count_before = slots_of(old)
  local are, count_after = slots_of(new)
  local remaining = {}
  for index = 1, count_before do
    local was = were[index]
    if was ~= are[index] or is_forced then remaining[string.sub(was, 1, 8)] = was end
  end
  for index = 1, count_after do
    local is = are[index]
    if is ~= were[index] or is_forced then
      local key = string.sub(is, 1, 8)
      local was = remaining[key]
      remaining[key] = nil
      if was ~= is or is_forced then
        change_slot(slots, sums, user, was, is, string.sub(scores, 24 * index - 23, 24 * index))
      end
    end
  end
  for _, was in pairs(remaining) do change_slot(slots, sums, user, was, nil) end
end

local function write_changes(name, changes, board_key, sums_key, is_slot)
  if #changes.removed > 0 then redis.call('ZREM', board_key, unpack(changes.removed)) end
  if #changes.added > 0 then redis.call('ZADD', board_key, unpack(changes.added)) end
  for _, limb in ipairs({'high', 'low'}) do
    -- Of a slot even nothing is noted: by its sums it is found.
    if changes[limb] ~= 0 or is_slot then
      redis.call('HINCRBY', sums_key, name .. ':' .. limb, string.format('%.0f', changes[limb]))
    end
  end
end

-- Each score that members have once: what the rank is counted in where it is dense.
local function write_scores(changes, board_key, scores_key)
  local removed, added = {}, {}
  for value in pairs(changes.left) do
    local score = not changes.reached[value] and redis.call('ZSCORE', scores_key, value)
    if score and redis.call('ZCOUNT', board_key, score, score) == 0 then removed[#removed + 1] = value end
  end
  for value, score in pairs(changes.reached) do
    added[#added + 1] = score
    added[#added + 1] = value
  end
  if #removed > 0 then redis.call('ZREM', scores_key, unpack(removed)) end
  if #added > 0 then redis.call('ZADD', scores_key, unpack(added)) end
end

-- Writes to the epoch whose four keys begin there.
local function apply(first_key)
  local accounts, sums = KEYS[first_key], KEYS[first_key + 3]
  local prefix = string.sub(sums, 1, -5)
  local held = redis.call('HMGET', accounts, unpack(fields))
  if not held[1] then return 'unmarked' end
  if string.sub(held[1], 1, #identity) ~= identity then return held[1] end

  local states, balance, earned, slots, current = {}, new_changes(), new_changes(), {}, {}
  local has_begun = false
  local function write()
    if #states == 0 then return end
    if not has_begun then redis.call('HINCRBY', sums, 'begun', 1) end
    has_begun = true
    redis.call('HSET', accounts, unpack(states))
    write_changes('balance', balance, KEYS[first_key + 1], sums)
    write_changes('earned', earned, KEYS[first_key + 2], sums)
    for slot, changes in pairs(slots) do
      if changes then
        local name = hexadecimal(slot)
        write_changes(name, changes, prefix .. 'b:' .. name, sums, true)
        write_scores(changes, prefix .. 'b:' .. name, prefix .. 'd:' .. name)
      end
    end
    states, balance, earned, slots = {}, new_changes(), new_changes(), {}
  end
  for place = 2, #fields do
    local index = arguments[place]
    local user, new = fields[place], ARGV[index + 1]
    local old = current[user]
    -- A user who is named twice in one call: what was gathered must be there before it is changed again.
    if old then write() else old = held[place] end
    local is_forced = is_repair and (old or '') == ARGV[index + 4]
    -- What is no account was not written by us. Nobody knows where its members were; whoever verifies finds them.
    if old and not count_slots(old) then old = nil end
    if is_forced or not old or struct.unpack('>d', new) > struct.unpack('>d', old) then
      states[#states + 1] = user
      states[#states + 1] = new
      change(balance_board, balance, user, old, new, ARGV[index + 2], is_forced)
      change(earned_board, earned, user, old, new, ARGV[index + 3], is_forced)
      change_slots(slots, sums, user, old, new, ARGV[index + width], is_forced)
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
