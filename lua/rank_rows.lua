-- Counts what a rank is one more than, by the rank style of a board. No script by itself: it stands in front of those
-- that read boards, behind keep_slots.
--
-- These scripts take as keys 1 the accounts of the epoch, 2 its board, 3 its sums, and of a slot also 4 the set of the
-- scores that there are, each once; as the first two arguments the board (find_places.lua) and the style:
-- 'competition', 'dense' or 'ordinal'.
-- luacheck: ignore 211

-- How many members have a better score than this one.
local function count_better(score) return redis.call('ZCOUNT', KEYS[2], '-inf', '(' .. score) end

local function count_before(style, member, score)
  if style == 'dense' then return redis.call('ZCOUNT', KEYS[4], '-inf', '(' .. score) end
  if style == 'ordinal' then return redis.call('ZRANK', KEYS[2], member) end
  return count_better(score)
end

-- A period that is closed for good is read elsewhere: that it has no members here says nothing.
local function is_retired(board) return #board == 8 and not is_kept(KEYS[3], board) end -- luacheck: ignore 113

local function retired() return redis.error_reply('RETIRED this period is closed, and not kept here any more') end

local function drifted() return redis.error_reply('DRIFT an account is not on the board it belongs on') end
