-- Posts awards, each to a random member and under a key of its own: what the bench has wrk send.
--
-- Arguments  the API key; a word that no other run has (keys begin with it, and it seeds the draw); how many members
--            there are (1 gives everything to one account); 'look' to look at the answers; the point type, empty for
--            the default one; of how many categories each award has one, 0 for none
-- Output     with 'look', the line "looked at N answers, M projected"
-- Cost       2 us a request, some more where answers are looked at
-- luacheck: globals wrk init request response setup done

local head, run, members, type_member, categories
local made = 0
local threads = {}

-- Read by `done` from the thread that counted them, so they are globals there.
-- luacheck: globals answers projected
answers, projected = 0, 0

local function look(_, _, body)
  answers = answers + 1
  if string.find(body, '"projected":true', 1, true) then projected = projected + 1 end
end

function setup(thread) threads[#threads + 1] = thread end

function init(arguments)
  head = 'POST /points/award HTTP/1.1\r\nHost: ' .. wrk.host .. '\r\nContent-Type: application/json\r\n'
    .. 'Authorization: Bearer ' .. arguments[1] .. '\r\nIdempotency-Key: '
  run, members, categories = arguments[2], tonumber(arguments[3]), tonumber(arguments[6])
  type_member = arguments[5] == '' and '' or ',"pointType":"' .. arguments[5] .. '"'
  math.randomseed(tonumber(run))
  if arguments[4] == 'look' then response = look end
end

function request()
  made = made + 1
  local more = type_member
  if categories > 0 then more = more .. ',"category":"category-' .. math.random(categories) .. '"' end
  local body = string.format(
    '{"userId":"member-%07d","amount":10,"reason":"Event participation"%s}', math.random(0, members - 1), more)
  return head .. run .. '-' .. made .. '\r\nContent-Length: ' .. #body .. '\r\n\r\n' .. body
end

function done()
  local seen, sent = 0, 0
  for _, thread in ipairs(threads) do
    seen, sent = seen + thread:get('answers'), sent + thread:get('projected')
  end
  if seen > 0 then io.write(string.format('looked at %d answers, %d projected\n', seen, sent)) end
end
