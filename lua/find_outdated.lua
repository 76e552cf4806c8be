-- Finds which accounts of one point type Redis does not have as they are said to be, or newer.
--
-- KEYS     1 the epochs of the type; then the accounts of the live epoch if there is one; then those of the epoch
--          that is being built, if there is one
-- ARGV     1 the identity that a marker must begin with; 2 and 3 the live epoch and the one being built, as the
--          caller knows them, empty for none; then for each account: user id, and the revision as an account is
--          packed with it (PackedAccount.swift)
-- Returns  'moved' and both epochs, when they are not those that the caller knows: nothing was looked at.
--          Else 'found', what there is of the live epoch as apply_accounts says it, 'applied' where it may be
--          written to, and the places of the accounts, from 1, that one of the epochs does not have.
-- Repeats  Writes nothing.
-- Cost     about 1 us an account.
-- luacheck: read globals count_slots
local identity, live, building = ARGV[1], ARGV[2], ARGV[3]
local first_account = 4

local known = redis.call('HMGET', KEYS[1], 'live', 'building')
if (known[1] or '') ~= live or (known[2] or '') ~= building then
  return {'moved', known[1] or '', known[2] or ''}
end

local fields = {''}
for index = first_account, #ARGV, 2 do fields[#fields + 1] = ARGV[index] end
local is_outdated = {}

-- Looks at one epoch; answers what there is of it.
local function look(accounts)
  local held = redis.call('HMGET', accounts, unpack(fields))
  if not held[1] then return 'unmarked' end
  if string.sub(held[1], 1, #identity) ~= identity then return held[1] end
  for place = 1, #fields - 1 do
    local account = held[place + 1]
    local revision = struct.unpack('>d', ARGV[first_account + place * 2 - 1])
    if not count_slots(account) or struct.unpack('>d', account) < revision then is_outdated[place] = true end
  end
  return 'applied'
end

local outcome = live == '' and 'none' or look(KEYS[2])
if building ~= '' then look(KEYS[live == '' and 2 or 3]) end
local reply = {'found', outcome}
for place = 1, #fields - 1 do
  if is_outdated[place] then reply[#reply + 1] = place end
end
return reply
