-- Walks the scores that the ranks of a dense board are counted in, and finds those that no member has.
--
-- KEYS     1 the accounts of the epoch; 2 its board; 3 the set of scores; 4 the sums of the epoch
-- ARGV     1 the cursor, '0' to begin; 2 about how many to look at; 3 the identity that a marker must begin with for
--          them to be removed, or empty to leave them
-- Returns  nothing where there is no marker; else the marker, the next cursor, '0' at the end, how many scores were
--          looked at, and how many of them no member has.
-- Repeats  What was removed is not found again.
-- Torn     As in apply_accounts.
-- Cost     about 2 us a score among 1,000,000; 128 a call.
local marker = redis.call('HGET', KEYS[1], '')
if not marker then return false end
local removes = ARGV[3] ~= '' and string.sub(marker, 1, #ARGV[3]) == ARGV[3]

local found = redis.call('ZSCAN', KEYS[3], ARGV[1], 'COUNT', ARGV[2])
local strange = {}
for index = 1, #found[2], 2 do
  local score = found[2][index + 1]
  if redis.call('ZCOUNT', KEYS[2], score, score) == 0 then strange[#strange + 1] = found[2][index] end
end
if removes and #strange > 0 then
  redis.call('HINCRBY', KEYS[4], 'begun', 1)
  for _, value in ipairs(strange) do redis.call('ZREM', KEYS[3], value) end
  redis.call('HINCRBY', KEYS[4], 'ended', 1)
end
return {marker, found[1], #found[2] / 2, #strange}
