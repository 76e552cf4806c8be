-- Finds the places of an account on boards, in the bytes that PackedAccount.swift lays out. No script by itself: it
-- stands in front of those that need it, so that there is one way to find a place.
--
-- A board is 'balance', 'earned', or the key of a slot: eight bytes.
-- luacheck: ignore 211

-- How many slots an account has; nothing for what is no account, because we have not written it.
local function count_slots(account)
  if not account then return nil end
  local high, low = string.byte(account, 73, 74)
  if not low then return nil end
  local count = high * 256 + low
  if count > 0 and #account < 74 + 32 * count then return nil end
  return count
end

-- Where, counted from 1, an account has its value on a board, and since when; nothing if it is not on it. Who has no
-- version is not on balance, and who never earned is not on earned.
local function places_of(account, board)
  local count = count_slots(account)
  if not count then return nil end
  if board == 'balance' then
    if string.sub(account, 9, 16) == '\0\0\0\0\0\0\0\0' then return nil end
    return 17, 49
  end
  if board == 'earned' then
    if string.sub(account, 57, 64) == '\0\0\0\0\0\0\0\0' then return nil end
    return 33, 57
  end
  local place, last = 75, 43 + 32 * count
  repeat
    place = string.find(account, board, place, true)
    if not place or place > last then return nil end
    -- The same bytes may lie elsewhere, but only a key begins there.
    if (place - 75) % 32 == 0 then return place + 8, place + 16 end
    place = place + 1
  until false
end

-- The member that an account has on a board: when it reached its value, and the user.
local function member_of(account, board, user)
  local _, time = places_of(account, board)
  return time and string.sub(account, time, time + 7) .. user
end
