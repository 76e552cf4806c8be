-- Counts what a rank is one more than, by the rank style of a board. No script by itself: it stands in front of those
-- that read boards, behind keep_slots.
--
-- These scripts take as keys 1 the accounts of the epoch, 2 its board, 3 its sums, and of a slot also 4 the set of the
-- scores that there are, each once; as the first two arguments the board (find_places.lua) and the style:
-- 'competition', 'dense' or 'ordinal'. A period that is closed for good is read elsewhere: that it has no members here
-- says nothing, so they answer that it is retired.
-- luacheck: ignore 211

local function count_before(style, member, score)
  if style == 'ordinal' then return redis.call('ZRANK', KEYS[2], member) end
  return redis.call('ZCOUNT', style == 'dense' and KEYS[4] or KEYS[2], '-inf', '(' .. score)
end
