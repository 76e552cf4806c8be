-- Finds the slots that an epoch has a sorted set of, and frees them. No script by itself: it stands in front of those
-- that need it.
-- luacheck: ignore 211

-- As their names: whenever one of them is written to, its sums are.
local function slots_beside(sums)
  local slots = {}
  for _, field in ipairs(redis.call('HKEYS', sums)) do
    if #field == 20 and string.sub(field, 17) == ':low' then slots[#slots + 1] = string.sub(field, 1, 16) end
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
