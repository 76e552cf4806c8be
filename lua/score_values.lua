-- Scores a value that lies in a packed account as Swift does (ScoreEncoding.swift). No script by itself: it stands in
-- front of those that need it, behind find_places.
-- luacheck: ignore 211

-- (2^62 - 1) - value in the bits of a double, from the two limbs of the value, the high one signed. Where the lowest is
-- the best, the value is negated first, and what would then lie below the lowest that has a score gets that one.
-- Redis turns a number into text with 17 digits, which read back as the same double.
local function score_of_limbs(high, low, is_ascending)
  if is_ascending then
    if low == 0 then high = -high else high, low = -high - 1, 4294967296 - low end
    if high < -1072693248 then high, low = -1072693248, 0 end
  end
  -- The bits of what is nearly always there, values from 0 to 2^52, are those of the doubles from 2 down to 1.
  if high >= 0 and high < 1048576 then return 2 - (high * 4294967296 + low + 1) / 4503599627370496 end
  -- The low limb never borrows, for it is taken from all ones.
  high, low = 1073741823 - high, 4294967295 - low
  if high >= 0 then return (struct.unpack('>d', struct.pack('>I4I4', high, low))) end
  if low == 0 then high = -high else high, low = -high - 1, 4294967296 - low end
  return -(struct.unpack('>d', struct.pack('>I4I4', high, low)))
end

local function score_of(account, board, place)
  local high, low = struct.unpack('>i4I4', account, place)
  return score_of_limbs(high, low, #board == 8 and string.byte(account, place + 16) % 2 == 1)
end
