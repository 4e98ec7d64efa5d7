-- For wrk: hands in what a file holds, each piece once, and measures until the last was answered.
--
--   ... URL -- FILE COUNT STATUS    FILE holds COUNT pieces, each behind its size in four bytes,
--                                   and each is to be answered with STATUS
--
-- For one thread, which reads the file as it goes. wrk's own clock runs on after the last answer,
-- so that it isn't used.

local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long seconds; long nanoseconds; } piece_time;
  int clock_gettime(int clock, piece_time* time);
]]
local kMonotonic = 1
local kIdle = "/nothing-left"  -- answered with 404 everywhere
local threads = {}

local function now()
  local time = ffi.new("piece_time")
  ffi.C.clock_gettime(kMonotonic, time)
  return tonumber(time.seconds) + tonumber(time.nanoseconds) / 1e9
end

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  file = assert(io.open(args[1], "rb"))
  count, expected = tonumber(args[2]), tonumber(args[3])
  answered, refused, status_refused = 0, 0, 0
  begun, ended, taken, tried = 0, 0, 0, false
end

-- Milliseconds: who has nothing to hand in does not disturb those who still wait for an answer.
function delay()
  return taken < count and 0 or 1000
end

function request()
  -- wrk asks for one before it begins, to see what it looks like.
  local size = tried and taken < count and file:read(4)
  tried = true
  if not size then return wrk.format("GET", kIdle) end
  taken = taken + 1
  if begun == 0 then begun = now() end
  local a, b, c, d = size:byte(1, 4)
  return wrk.format("POST", wrk.path, nil, file:read(((a * 256 + b) * 256 + c) * 256 + d))
end

function response(status, _, _)
  if status == expected then
    answered = answered + 1
    ended = now()
  elseif status ~= 404 then
    refused = refused + 1
    status_refused = status
  end
  if answered + refused >= count then wrk.thread:stop() end
end

function done(_, latency, _)
  local thread = threads[1]
  print(string.format(
    'RESULT {"requests":%d,"failed":%d,"timeouts":0,"status":%d,"seconds":%.6f,"p50_us":%d,' ..
    '"p99_us":%d}',
    thread:get("answered"), thread:get("refused"), thread:get("status_refused"),
    thread:get("ended") - thread:get("begun"), latency:percentile(50), latency:percentile(99)))
end
