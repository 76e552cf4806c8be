-- Lets a mirror forget the periods of a board that are closed for good: what is sent of them is left out from then on,
-- and their sorted sets go.
--
-- KEYS     1 the epochs of the type; then accounts and sums of the live epoch if there is one, and of the one being
--          built if there is one
-- ARGV     1 the identity that a marker must begin with; 2 and 3 the live epoch and the one being built, as the caller
--          knows them, empty for none; 4 the number of the board, eight hexadecimal digits; 5 the lowest period that is
--          still kept
-- Returns  'moved' and both epochs, when they are not those that the caller knows: nothing was done. Else 'retired'.
--          Under a missing or another marker nothing is done either: whoever makes a mirror of it does this then.
-- Repeats  A repeat finds nothing left to do. What is kept never goes back to an earlier period.
-- Torn     What it notes comes first: what is left of a set then is read by nobody, and goes with the next period.
-- Cost     some look-ups, and 1 us for each set that there is of the type; memory is freed in the background.
-- luacheck: read globals slots_beside unlink_slot
local known = redis.call('HMGET', KEYS[1], 'live', 'building')
if (known[1] or '') ~= ARGV[2] or (known[2] or '') ~= ARGV[3] then
  return {'moved', known[1] or '', known[2] or ''}
end
local identity, board = ARGV[1], ARGV[4]

local function retire(sums)
  local lowest = tonumber(ARGV[5])
  local noted = redis.call('HGET', sums, 'kept:' .. board)
  if noted and tonumber(noted) >= lowest then
    lowest = tonumber(noted)
  else
    redis.call('HSET', sums, 'kept:' .. board, ARGV[5])
  end
  for _, slot in ipairs(slots_beside(sums)) do
    local period = tonumber(string.sub(slot, 9), 16)
    if period >= 2147483648 then period = period - 4294967296 end
    if string.sub(slot, 1, 8) == board and period < lowest then
      unlink_slot(sums, slot)
      redis.call('HDEL', sums, slot .. ':high', slot .. ':low', slot .. ':corrected')
    end
  end
end

for index = 2, #KEYS, 2 do
  local marker = redis.call('HGET', KEYS[index], '')
  if marker and string.sub(marker, 1, #identity) == identity then retire(KEYS[index + 1]) end
end
return {'retired'}
