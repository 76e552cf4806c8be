-- Reads where a user stands on a board, and whom to overtake next.
--
-- KEYS     as rank_rows.lua says
-- ARGV     1 and 2 as rank_rows.lua says; 3 the user id
-- Returns  nothing where there is no marker; else the marker, the number of members, the packed account or
--          nothing, how many members are strictly better (-1 for a user who is not on the board), the packed
--          account of the last of those, or nothing, and what the rank is one more than.
-- Repeats  It writes nothing.
-- Cost     about 13 us among 1,000,000.
-- luacheck: read globals count_slots member_of count_before is_kept
local board, style, user = ARGV[1], ARGV[2], ARGV[3]
if #ARGV[1] == 8 and not is_kept(KEYS[3], ARGV[1]) then return redis.error_reply('RETIRED this period is closed') end
local found = redis.call('HMGET', KEYS[1], '', user)
local marker, account = found[1], found[2]
if not marker then return false end

local count = redis.call('ZCARD', KEYS[2])
local member = member_of(account, board, user)
if account and not count_slots(account) then return redis.error_reply('DRIFT what is there is no account') end
if not member then return {marker, count, account, -1, false, 0} end
local score = redis.call('ZSCORE', KEYS[2], member)
if not score then return redis.error_reply('DRIFT an account is not on the board it belongs on') end

local better = count_before('competition', member, score)
local before = style == 'competition' and better or count_before(style, member, score)
if better == 0 then return {marker, count, account, better, false, before} end
local next_member = redis.call('ZRANGE', KEYS[2], better - 1, better - 1)[1]
return {marker, count, account, better, redis.call('HGET', KEYS[1], string.sub(next_member, 9)), before}
