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
-- What is called for each account is not looked up for each.
local part, from_bytes = string.sub, struct.unpack
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
  if not account or part(account, board.presence, board.presence + 7) == absent then return nil end
  return part(account, board.time, board.time + 7) .. user
end

-- What changes on one board is gathered and written with one command of each kind. A sum is kept as two limbs
-- of 32 bits: their changes within one call are exact in a double, and each limb has room for 2^31 members.
local function new_changes() return {removed = {}, added = {}, high = 0, low = 0} end

local function add(changes, sign, bytes, place)
  local high, low = from_bytes('>i4I4', bytes, place)
  changes.high, changes.low = changes.high + sign * high, changes.low + sign * low
end

local function change(board, changes, user, old, new, score, is_forced)
  local was, is = member(board, old, user), member(board, new, user)
  if was then
    local is_same = was == is and not is_forced
      and part(old, board.value, board.value + 7) == part(new, board.value, board.value + 7)
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
    slots[slot] = changes
  end
  return changes
end

local function hexadecimal(slot) return string.format('%08x%08x', from_bytes('>I4I4', slot)) end

-- Behind the key of a slot: the limbs of the score, since when, and how the board is ordered.
local slot_layout = '>i4I4c8B'

-- A slot of which the 32 bytes lie there in either account; nil where there is none.
local function change_slot(slots, sums, user, old, was_at, new, is_at, score)
  local key = was_at and part(old, was_at, was_at + 7) or part(new, is_at, is_at + 7)
  local changes = changes_of(slots, sums, key)
  if not changes then return end
  local was_member, is_member
  if was_at then
    local high, low, time, order = from_bytes(slot_layout, old, was_at + 8)
    changes.high, changes.low, was_member = changes.high - high, changes.low - low, time .. user
    if order >= 2 then
      changes.left = changes.left or {}
      changes.left[part(old, was_at + 8, was_at + 15)] = true
    end
  end
  if is_at then
    local high, low, time, order = from_bytes(slot_layout, new, is_at + 8)
    changes.high, changes.low, is_member = changes.high + high, changes.low + low, time .. user
    local added = changes.added
    local last = #added
    added[last + 1], added[last + 2] = score, is_member
    if order >= 2 then
      changes.reached = changes.reached or {}
      changes.reached[part(new, is_at + 8, is_at + 15)] = score
    end
  end
  if was_member and was_member ~= is_member then changes.removed[#changes.removed + 1] = was_member end
end

-- Nearly all slots are where they were, and most as they were: so many are compared at once, and those that are not
-- the same one by one. What is not where it was is found by its key.
local slots_at_once = 4

local function change_slots(slots, sums, user, old, new, scores, is_forced)
  local count_before, count_after = old and count_slots(old) or 0, count_slots(new)
  local remaining, moved
  for first = 1, math.max(count_before, count_after), slots_at_once do
    local from, to = 43 + 32 * first, 42 + 32 * (first + slots_at_once)
    local last = math.min(first + slots_at_once - 1, math.max(count_before, count_after))
    local is_whole = last <= count_before and last <= count_after
    to = is_whole and 74 + 32 * last or to
    if is_forced or not is_whole or part(old, from, to) ~= part(new, from, to) then
      for index = first, last do
        local place = 43 + 32 * index
        local was = index <= count_before and part(old, place, place + 31)
        local is = index <= count_after and part(new, place, place + 31)
        if was and is and part(was, 1, 8) == part(is, 1, 8) then
          if was ~= is or is_forced then
            change_slot(slots, sums, user, old, place, new, place, part(scores, 24 * index - 23, 24 * index))
          end
        else
          if was then
            remaining = remaining or {}
            remaining[part(was, 1, 8)] = place
          end
          if is then
            moved = moved or {}
            moved[#moved + 1] = index
          end
        end
      end
    end
  end
  for _, index in ipairs(moved or {}) do
    local place = 43 + 32 * index
    local key = part(new, place, place + 7)
    local was_at = remaining and remaining[key]
    if was_at then remaining[key] = nil end
    if not was_at or is_forced or part(old, was_at, was_at + 31) ~= part(new, place, place + 31) then
      change_slot(slots, sums, user, old, was_at, new, place, part(scores, 24 * index - 23, 24 * index))
    end
  end
  for _, was_at in pairs(remaining or {}) do change_slot(slots, sums, user, old, was_at, new, nil) end
end

local function write_changes(name, changes, board_key, sums_key, is_slot)
  if #changes.removed > 0 then redis.call('ZREM', board_key, unpack(changes.removed)) end
  if #changes.added > 0 then redis.call('ZADD', board_key, unpack(changes.added)) end
  if changes.high ~= 0 then
    redis.call('HINCRBY', sums_key, name .. ':high', string.format('%.0f', changes.high))
  end
  -- Of a slot even nothing is noted: by its sum it is found.
  if changes.low ~= 0 or is_slot then
    redis.call('HINCRBY', sums_key, name .. ':low', string.format('%.0f', changes.low))
  end
end

-- Each score that members have once: what the rank is counted in where it is dense.
local function write_scores(changes, board_key, scores_key)
  if not changes.left and not changes.reached then return end
  local removed, added, reached = {}, {}, changes.reached or {}
  for value in pairs(changes.left or {}) do
    local score = not reached[value] and redis.call('ZSCORE', scores_key, value)
    if score and redis.call('ZCOUNT', board_key, score, score) == 0 then removed[#removed + 1] = value end
  end
  for value, score in pairs(reached) do
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
    if is_forced or not old or from_bytes('>d', new) > from_bytes('>d', old) then
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
