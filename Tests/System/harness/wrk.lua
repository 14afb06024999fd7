-- Sends the requests of a file byte for byte, and prints one line of JSON at the end.
--
-- Arguments: the file; how to use it: "cycle" (its requests, parted by NUL, one after the other),
-- "unique" or "random" (one request, in which ten # stand for a number nobody else sends, or for one
-- below the population); the population; a seed; how many milliseconds a connection waits before
-- each request.

local marker = string.rep("#", 10)
local threads = 0

function setup(thread)
   thread:set("number", threads)
   threads = threads + 1
end

local function read(path)
   local file = assert(io.open(path, "rb"))
   local text = file:read("*a")
   file:close()
   return text
end

local function cycle(text)
   local requests = {}
   for each in text:gmatch("[^%z]+") do
      requests[#requests + 1] = each
   end
   if #requests == 1 then
      -- Without a function `request` wrk sends what is formatted once, and calls no Lua.
      wrk.format = function() return text end
      return
   end
   local index = 0
   function request()
      index = index % #requests + 1
      return requests[index]
   end
end

local function numbered(text, next_number)
   local before, after = text:match("^(.-)" .. marker .. "(.*)$")
   function request()
      return before .. string.format("%010d", next_number()) .. after
   end
end

function init(arguments)
   local text, mode = read(arguments[1]), arguments[2]
   local population, seed = tonumber(arguments[3]), tonumber(arguments[4])
   local pause = tonumber(arguments[5])
   if mode == "cycle" then
      cycle(text)
   elseif mode == "unique" then
      local count = number * 100000000
      numbered(text, function() count = count + 1; return count end)
   else
      math.randomseed(seed + number)
      numbered(text, function() return math.random(0, population - 1) end)
   end
   if pause > 0 then
      function delay() return pause end
   end
end

function done(summary, latency)
   local errors = summary.errors
   print(string.format(
      'RESULT {"requests": %d, "microseconds": %d, "bytes": %d, "p50": %d, "p99": %d, '
         .. '"refused": %d, "broken": %d}',
      summary.requests, summary.duration, summary.bytes, latency:percentile(50),
      latency:percentile(99), errors.status,
      errors.connect + errors.read + errors.write + errors.timeout))
end
