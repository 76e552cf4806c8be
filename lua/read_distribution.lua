-- Counts the members of a board by their scores.
--
-- KEYS     as rank_rows.lua says
-- ARGV     1 and 2 as rank_rows.lua says; then scores as text, the better ones first
-- Returns  nothing where there is no marker; else the marker, the number of members, and for each score how many
--          members have it or a better one.
-- Repeats  It writes nothing.
-- Cost     about 2 us a score among 1,000,000; at most 100 a call.
-- luacheck: read globals is_kept
if #ARGV[1] == 8 and not is_kept(KEYS[3], ARGV[1]) then return redis.error_reply('RETIRED this period is closed') end
local marker = redis.call('HGET', KEYS[1], '')
if not marker then return false end
local counts = {}
for index = 3, #ARGV do counts[index - 2] = redis.call('ZCOUNT', KEYS[2], '-inf', ARGV[index]) end
return {marker, redis.call('ZCARD', KEYS[2]), counts}
