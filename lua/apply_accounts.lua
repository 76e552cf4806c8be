-- Brings accounts of one point type, and their places on its boards, up to the states given.
--
-- KEYS     1 the epochs of the type; then accounts, balance, earned and sums of the live epoch if there is one;
--          then the same four of the epoch that is being built, if there is one
-- ARGV     1 the identity that a marker must begin with; 2 and 3 the live epoch and the one being built, as the
--          caller knows them, empty for none; 4 '1' to repair; 5 '1' to leave the live epoch alone (rebuild); then
--          for each account: user id, packed account, and for a repair the packed account as it was seen, empty
--          for none. An account is laid out in PackedAccount.swift.
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
-- luacheck: read globals count_slots kept_field is_kept_from score_of_limbs
-- What is called for each account is not looked up for each.
local part, find, from_bytes = string.sub, string.find, struct.unpack
local identity, live, building = ARGV[1], ARGV[2], ARGV[3]
local is_repair, skips_live = ARGV[4] == '1', ARGV[5] == '1'
local first_account, width = 6, is_repair and 3 or 2

local known = redis.call('HMGET', KEYS[1], 'live', 'building')
if (known[1] or '') ~= live or (known[2] or '') ~= building then
  return {'moved', known[1] or '', known[2] or ''}
end

-- The users, behind the field of the marker.
local fields = {''}
for argument = first_account, #ARGV, width do fields[#fields + 1] = ARGV[argument] end

-- How a packed account begins: revision, version, balance, totalEarned, since when it has each of the two, and how many
-- slots follow. All of it is taken at once: a call costs a script more than what it takes.
local head_layout = '>dI8i4I4xxxxxxxxi4I4xxxxxxxxc8c8xxxxxxxxI2'
local never, nothing = string.rep('\0', 8), string.rep('\0', 74)

-- What changes on one board is gathered and written with one command of each kind. A sum is kept as two limbs
-- of 32 bits: their changes within one call are exact in a double, and each limb has room for 2^31 members.
local function new_changes() return {removed = {}, added = {}, high = 0, low = 0} end

-- A board of all time, on which the most is the best. A member is since when it has its value, and the user; who is
-- not on the board has no since.
local function change(changes, user, was_since, was_high, was_low, since, high, low, is_forced)
  local stays = since and since == was_since
  if stays and low == was_low and high == was_high and not is_forced then return end
  if was_since then
    changes.high, changes.low = changes.high - was_high, changes.low - was_low
    if not stays then changes.removed[#changes.removed + 1] = was_since .. user end
  end
  if since then
    changes.high, changes.low = changes.high + high, changes.low + low
    local added = changes.added
    local last = #added
    added[last + 1], added[last + 2] = score_of_limbs(high, low, false), since .. user
  end
end

local function changes_of(slots, key)
  local changes = slots[key]
  if not changes then
    changes = new_changes()
    slots[key] = changes
  end
  return changes
end

-- The key of a slot, the limbs of its score, since when, and how the board is ordered: all that decides what has to be
-- in a sorted set.
local slot_layout = '>c8i4I4c8B'

local function leave(changes, account, place, high, low, order)
  changes.high, changes.low = changes.high - high, changes.low - low
  if order >= 2 then
    changes.left = changes.left or {}
    changes.left[part(account, place + 8, place + 15)] = true
  end
end

local function reach(changes, account, place, high, low, order, member_there)
  changes.high, changes.low = changes.high + high, changes.low + low
  local score, added = score_of_limbs(high, low, order % 2 == 1), changes.added
  local last = #added
  added[last + 1], added[last + 2] = score, member_there
  if order >= 2 then
    changes.reached = changes.reached or {}
    changes.reached[part(account, place + 8, place + 15)] = score
  end
end

-- A slot of which the 32 bytes lie there in either account.
local function change_slot(slots, user, old, was_at, new, is_at, is_forced)
  local key, was_high, was_low, was_time, was_order = from_bytes(slot_layout, old, was_at)
  local _, high, low, time, order = from_bytes(slot_layout, new, is_at)
  local is_same = low == was_low and time == was_time and high == was_high and order == was_order
  if is_same and not is_forced then return end
  local changes = changes_of(slots, key)
  leave(changes, old, was_at, was_high, was_low, was_order)
  reach(changes, new, is_at, high, low, order, time .. user)
  if was_time ~= time then changes.removed[#changes.removed + 1] = was_time .. user end
end

local function leave_slot(slots, user, old, was_at)
  local key, high, low, time, order = from_bytes(slot_layout, old, was_at)
  local changes = changes_of(slots, key)
  leave(changes, old, was_at, high, low, order)
  changes.removed[#changes.removed + 1] = time .. user
end

local function enter_slot(slots, user, new, is_at)
  local key, high, low, time, order = from_bytes(slot_layout, new, is_at)
  reach(changes_of(slots, key), new, is_at, high, low, order, time .. user)
end

-- The first slot from there on that was reached at that time, or what lies behind all.
local function next_reached(account, time, place, behind)
  local at = place + 20
  repeat
    at = find(account, time, at, true)
    if not at or at >= behind then return behind end
    -- The same bytes may lie elsewhere.
    if (at - 75) % 32 == 20 then return at - 20 end
    at = at + 1
  until false
end

-- Of as many slots as before, nearly always all are where they were, and those that changed were reached with the last
-- transaction. So they are found by the lower half of its time, and what lies between them is compared in one piece.
-- Where either is not as it mostly is, nothing is done and false is the answer. A string costs a script more than a
-- nanosecond a byte to make, so of what is compared one side is made, and found in the other.
local function change_reached(slots, user, old, new, behind)
  local time, reached, place = part(new, 53, 56), {}, 75
  while place < behind do
    local at = next_reached(new, time, place, behind)
    if at > place and find(old, part(new, place, at - 1), place, true) ~= place then return false end
    if at < behind then
      if part(old, at, at + 7) ~= part(new, at, at + 7) then return false end
      reached[#reached + 1] = at
    end
    place = at + 32
  end
  for _, at in ipairs(reached) do change_slot(slots, user, old, at, new, at, false) end
  return true
end

-- What is not where it was is found by its key.
local function change_slots(slots, user, old, count_before, new, count, is_forced)
  local behind_before, behind = 75 + 32 * count_before, 75 + 32 * count
  if behind == behind_before and not is_forced and change_reached(slots, user, old, new, behind) then return end
  local remaining, moved
  for place = 75, math.max(behind_before, behind) - 1, 32 do
    local was, is = place < behind_before, place < behind
    local was_key, key = was and part(old, place, place + 7), is and part(new, place, place + 7)
    if was_key == key then
      change_slot(slots, user, old, place, new, place, is_forced)
    else
      if was then
        remaining = remaining or {}
        remaining[was_key] = place
      end
      if is then
        moved = moved or {}
        moved[#moved + 1] = place
      end
    end
  end
  for _, place in ipairs(moved or {}) do
    local key = part(new, place, place + 7)
    local was_at = remaining and remaining[key]
    if was_at then
      remaining[key] = nil
      change_slot(slots, user, old, was_at, new, place, is_forced)
    else
      enter_slot(slots, user, new, place)
    end
  end
  for _, was_at in pairs(remaining or {}) do leave_slot(slots, user, old, was_at) end
end

local function hexadecimal(slot) return string.format('%08x%08x', from_bytes('>I4I4', slot)) end

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

-- Each score that members have once: what the rank is counted in where it is dense. Values at the far end of a board
-- that ascends share one score: they stay until the last member of that score leaves, and then all of them go.
local function write_scores(changes, board_key, scores_key)
  if not changes.left and not changes.reached then return end
  local added, reached = {}, changes.reached or {}
  for value in pairs(changes.left or {}) do
    local score = not reached[value] and redis.call('ZSCORE', scores_key, value)
    if score and redis.call('ZCOUNT', board_key, score, score) == 0 then
      redis.call('ZREMRANGEBYSCORE', scores_key, score, score)
    end
  end
  for value, score in pairs(reached) do
    added[#added + 1] = score
    added[#added + 1] = value
  end
  if #added > 0 then redis.call('ZADD', scores_key, unpack(added)) end
end

-- Of a slot that is not kept nothing is written.
local function write_slots(slots, sums)
  local keys, asked = {}, {}
  for key in pairs(slots) do
    keys[#keys + 1] = key
    asked[#keys] = kept_field(key)
  end
  local prefix, lowest = part(sums, 1, -5), {}
  for index, key in ipairs(keys) do
    local first = index % 1000
    if first == 1 then lowest = redis.call('HMGET', sums, unpack(asked, index, math.min(index + 999, #keys))) end
    if is_kept_from(lowest[first == 0 and 1000 or first], key) then
      local name, changes = hexadecimal(key), slots[key]
      write_changes(name, changes, prefix .. 'b:' .. name, sums, true)
      write_scores(changes, prefix .. 'b:' .. name, prefix .. 'd:' .. name)
    end
  end
end

-- Writes to the epoch whose four keys begin there.
local function apply(first_key)
  local accounts, sums = KEYS[first_key], KEYS[first_key + 3]
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
    write_slots(slots, sums)
    states, balance, earned, slots = {}, new_changes(), new_changes(), {}
  end
  -- Who has no version is not on balance, and who never earned is not on earned.
  local function gather(user, old, new, is_forced)
    local was_revision, was_version, was_high, was_low, was_earned_high, was_earned_low, was_since, was_earned_since,
      count_before = from_bytes(head_layout, old or nothing)
    local revision, version, high, low, earned_high, earned_low, since, earned_since, count =
      from_bytes(head_layout, new)
    local is_newer = not old or revision > was_revision
    if not is_newer and not is_forced then return end
    states[#states + 1] = user
    states[#states + 1] = new
    current[user] = new
    change(balance, user, was_version > 0 and was_since, was_high, was_low, version > 0 and since, high, low, is_forced)
    change(
      earned, user, was_earned_since ~= never and was_earned_since, was_earned_high, was_earned_low,
      earned_since ~= never and earned_since, earned_high, earned_low, is_forced)
    if count + count_before > 0 then change_slots(slots, user, old, count_before, new, count, is_forced) end
  end

  for place = 2, #fields do
    local argument = first_account + width * (place - 2)
    local user = ARGV[argument]
    local old = current[user]
    -- A user who is named twice in one call: what was gathered must be there before it is changed again.
    if old then write() else old = held[place] end
    local is_forced = is_repair and (old or '') == ARGV[argument + 2]
    -- What is no account was not written by us. Nobody knows where its members were; whoever verifies finds them.
    if old and not count_slots(old) then old = nil end
    gather(user, old, ARGV[argument + 1], is_forced)
  end
  write()
  if has_begun then redis.call('HINCRBY', sums, 'ended', 1) end
  return 'applied'
end

local live_outcome, building_outcome = 'none', 'none'
if live ~= '' and not skips_live then live_outcome = apply(2) end
if building ~= '' then building_outcome = apply(live == '' and 2 or 6) end
return {'sent', live_outcome, building_outcome}
