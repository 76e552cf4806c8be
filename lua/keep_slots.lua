-- Tells which periods of defined boards a mirror keeps, and what their keys are called. No script by itself: it stands
-- in front of those that need it.
--
-- For each board of which a period was closed for good, an epoch holds one number beside the sums: the lowest period
-- that is still kept. So what was closed costs nothing, however much of it there is.
-- luacheck: ignore 211

local function hexadecimal(slot)
  return string.format('%08x%08x', struct.unpack('>I4I4', slot))
end

local function is_kept(sums, slot)
  local lowest = redis.call('HGET', sums, 'kept:' .. string.sub(hexadecimal(slot), 1, 8))
  return not lowest or struct.unpack('>i4', slot, 5) >= tonumber(lowest)
end

-- The slots that an epoch has a sorted set of, as their names: whenever one is written to, its sums are.
local function slots_beside(sums)
  local slots = {}
  for _, field in ipairs(redis.call('HKEYS', sums)) do
    if #field == 21 and string.sub(field, 17) == ':high' then slots[#slots + 1] = string.sub(field, 1, 16) end
  end
  return slots
end

-- Frees what an epoch holds of a slot, in the background.
local function unlink_slot(sums, slot)
  local prefix = string.sub(sums, 1, -5)
  redis.call('UNLINK', prefix .. 'b:' .. slot, prefix .. 'd:' .. slot)
end

local function unlink_slots(sums)
  for _, slot in ipairs(slots_beside(sums)) do unlink_slot(sums, slot) end
end
