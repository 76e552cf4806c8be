-- Compares accounts of one epoch with what they should be, and their places on the boards with what the epoch itself
-- holds of them.
--
-- KEYS     1 the accounts of the epoch; 2 its board balance; 3 its board earned
-- ARGV     for each account: user id, and the packed account as it should be (PackedAccount.swift), empty for
--          whoever wants to see it in any case
-- Returns  nothing where there is no marker; else the marker, then four values for each account that is not as it
--          should be, or is asked for in any case: its place from 1; the packed account; the score of its member
--          on balance, and on earned. What is not there is empty. A member is looked for where the account that
--          Redis holds says that it is: by the time in it, and only if it belongs on that board.
-- Repeats  It writes nothing.
-- Cost     about 5 us an account among 1,000,000; 128 accounts a call.
local boards = {
  {key = KEYS[2], presence = 9, value = 17, time = 49},
  {key = KEYS[3], presence = 57, value = 33, time = 57},
}
local absent = string.rep('\0', 8)
local fields = {''}
for index = 1, #ARGV, 2 do fields[#fields + 1] = ARGV[index] end
local held = redis.call('HMGET', KEYS[1], unpack(fields))
if not held[1] then return false end

-- The score of a packed value: (2^62 - 1) - value in the bits of a double (ScoreEncoding.swift), in two limbs of 32
-- bits. The low limb never borrows, for it is taken from all ones.
local function score_of(account, place)
  local high, low = struct.unpack('>i4I4', account, place)
  high, low = 1073741823 - high, 4294967295 - low
  if high >= 0 then return (struct.unpack('>d', struct.pack('>I4I4', high, low))) end
  if low == 0 then high = -high else high, low = -high - 1, 4294967296 - low end
  return -(struct.unpack('>d', struct.pack('>I4I4', high, low)))
end

local reply = {held[1]}
for place = 1, #fields - 1 do
  local account, wanted = held[place + 1], ARGV[place * 2]
  local scores, fits = {'', ''}, account == wanted
  if account and #account >= 72 then
    for index, board in ipairs(boards) do
      if string.sub(account, board.presence, board.presence + 7) ~= absent then
        local member = string.sub(account, board.time, board.time + 7) .. fields[place + 1]
        local score = redis.call('ZSCORE', board.key, member)
        scores[index] = score or ''
        if not score or tonumber(score) ~= score_of(account, board.value) then fits = false end
      end
    end
  end
  if not fits then
    local index = #reply
    reply[index + 1], reply[index + 2] = place, account or ''
    reply[index + 3], reply[index + 4] = scores[1], scores[2]
  end
end
return reply
