-- Tells which periods of defined boards a mirror keeps. No script by itself: it stands in front of those that need it.
--
-- For each board of which a period was closed for good, an epoch holds one number beside the sums: the lowest period
-- that is still kept. So what was closed costs nothing, however much of it there is.
-- luacheck: ignore 211

local function is_kept(sums, slot)
  local board, period = struct.unpack('>I4i4', slot)
  local lowest = redis.call('HGET', sums, string.format('kept:%08x', board))
  return not lowest or period >= tonumber(lowest)
end
