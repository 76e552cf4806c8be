-- Reads something of a random member with each request: what the bench has wrk send.
--
-- Arguments  the API key; the seed of the draw; how many members there are; the path, to whose end the member's id is
--            put; a path without a member at its end is asked for as it is when there are none
-- Cost       1 us a request
-- luacheck: globals wrk init request

local before, after, members

function init(arguments)
  math.randomseed(tonumber(arguments[2]))
  members = tonumber(arguments[3])
  before = 'GET ' .. arguments[4]
  after = ' HTTP/1.1\r\nHost: ' .. wrk.host .. '\r\nAuthorization: Bearer ' .. arguments[1] .. '\r\n\r\n'
end

function request()
  if members == 0 then return before .. after end
  return before .. string.format('member-%07d', math.random(0, members - 1)) .. after
end
