-- Compares accounts of one epoch with what they should be, and their places on the boards with what the epoch itself
-- holds of them.
--
-- KEYS     1 the accounts of the epoch; 2 its board balance; 3 its board earned; 4 its sums
-- ARGV     for each account: user id, and the packed account as it should be (PackedAccount.swift), empty for
--          whoever wants to see it in any case
-- Returns  nothing where there is no marker; else the marker, then three values for each account that is not as it
--          should be, or is asked for in any case: its place from 1; the packed account; and the scores of its members
--          on balance, on earned, and on each of its slots. What is not there is empty. A member is looked for where
--          the account that Redis holds says that it is: by the time in it, and only if it belongs on that board. Where
--          ranks are dense it counts as there only if its score is among those that they are counted in. A slot of a
--          period that is closed for good says 'retired' and is not compared.
-- Repeats  It writes nothing.
-- Cost     about 5 us an account among 1,000,000, and 2 us a slot; 128 accounts a call.
-- luacheck: read globals count_slots places_of member_of score_of is_kept
local prefix = string.sub(KEYS[4], 1, -5)
local fields = {''}
for index = 1, #ARGV, 2 do fields[#fields + 1] = ARGV[index] end
local held = redis.call('HMGET', KEYS[1], unpack(fields))
if not held[1] then return false end

local function hexadecimal(slot) return string.format('%08x%08x', struct.unpack('>I4I4', slot)) end

local kept = {}
local function is_listed(slot)
  if kept[slot] == nil then kept[slot] = is_kept(KEYS[4], slot) end
  return kept[slot]
end

local function slot_at(account, index) return string.sub(account, 43 + 32 * index, 50 + 32 * index) end

-- Whoever is not written to keeps his slots of closed periods.
local function without_retired(account)
  local count = count_slots(account)
  if not count then return account end
  local slots = {}
  for index = 1, count do
    if is_listed(slot_at(account, index)) then
      slots[#slots + 1] = string.sub(account, 43 + 32 * index, 74 + 32 * index)
    end
  end
  if #slots == count then return account end
  local begin = string.sub(account, 1, 72) .. struct.pack('>I2', #slots)
  return begin .. table.concat(slots) .. string.sub(account, 75 + 32 * count)
end

-- The score of a member, empty where it is missing, and whether it is as the account says.
local function look(account, user, board, key, scores_key)
  local place = places_of(account, board)
  if not place then return '', true end
  local score = redis.call('ZSCORE', key, member_of(account, board, user))
  if not score then return '', false end
  local wanted = score_of(account, board, place)
  if tonumber(score) ~= wanted then return score, false end
  if scores_key and string.byte(account, place + 16) >= 2 then
    local ranked = redis.call('ZSCORE', scores_key, string.sub(account, place, place + 7))
    if not ranked or tonumber(ranked) ~= wanted then return '', false end
  end
  return score, true
end

local function look_everywhere(account, user)
  local count = count_slots(account)
  if not count then return {'', ''}, true end
  local scores, fit, fits = {}
  scores[1], fits = look(account, user, 'balance', KEYS[2])
  scores[2], fit = look(account, user, 'earned', KEYS[3])
  fits = fits and fit
  for index = 1, count do
    local slot = slot_at(account, index)
    if is_listed(slot) then
      local name = hexadecimal(slot)
      scores[index + 2], fit = look(account, user, slot, prefix .. 'b:' .. name, prefix .. 'd:' .. name)
      fits = fits and fit
    else
      scores[index + 2] = 'retired'
    end
  end
  return scores, fits
end

local reply = {held[1]}
for place = 1, #fields - 1 do
  local account, wanted = held[place + 1], ARGV[place * 2]
  local scores, fits = look_everywhere(account, fields[place + 1])
  local is_equal = account == wanted
    or account and wanted ~= '' and without_retired(account) == without_retired(wanted)
  if not is_equal or not fits then
    local index = #reply
    reply[index + 1], reply[index + 2], reply[index + 3] = place, account or '', scores
  end
end
return reply
