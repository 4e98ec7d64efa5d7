-- For wrk: drains a TAXII collection page by page, again and again. Each thread must have one
-- connection: it asks for the page that the last answer named.
--
-- An envelope's members stand in any order, so `next` is looked for at both ends of the body, which
-- is cheap; the objects of the bench don't have the word.

local kEnd = 256
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(_)
  first = wrk.path
  after = nil
  pages, drains, body_bytes = 0, 0, 0
end

local function escaped(text)
  return (text:gsub("[^%w%-]", function(c) return string.format("%%%02X", c:byte()) end))
end

function request()
  return wrk.format("GET", after and first .. "&next=" .. escaped(after) or first)
end

function response(status, _, body)
  if status ~= 200 then return end  -- wrk counts it as an error
  pages = pages + 1
  body_bytes = body_bytes + #body
  local member = '"next"%s*:%s*"([^"]+)"'
  after = body:sub(-kEnd):match(member) or body:sub(1, kEnd):match(member)
  if not after then drains = drains + 1 end
end

function done(summary, latency, _)
  local all = {pages = 0, drains = 0, body_bytes = 0}
  for _, thread in ipairs(threads) do
    for name, value in pairs(all) do all[name] = value + thread:get(name) end
  end
  local errors = summary.errors
  print(string.format(
    'RESULT {"requests":%d,"bytes":%d,"seconds":%.6f,"p50_us":%d,"p99_us":%d,' ..
    '"failed":%d,"timeouts":%d,"pages":%d,"drains":%d,"body_bytes":%d}',
    summary.requests, summary.bytes, summary.duration / 1e6, latency:percentile(50),
    latency:percentile(99), errors.connect + errors.read + errors.write + errors.status,
    errors.timeout, all.pages, all.drains, all.body_bytes))
end
