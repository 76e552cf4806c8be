-- Tells which periods of defined boards a mirror keeps. No script by itself: it stands in front of those that need it.
--
-- For each board of which a period was closed for good, an epoch holds one number beside the sums: the lowest period
-- that is still kept. So what was closed costs nothing, however much of it there is.
-- luacheck: ignore 211

local function kept_field(slot) return string.format('kept:%08x', (struct.unpack('>I4', slot))) end

-- Whether a slot is kept where that field says so.
local function is_kept_from(lowest, slot) return not lowest or struct.unpack('>i4', slot, 5) >= tonumber(lowest) end

local function is_kept(sums, slot) return is_kept_from(redis.call('HGET', sums, kept_field(slot)), slot) end
