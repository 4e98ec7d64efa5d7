-- For wrk: the same request again and again, and at the end one line of JSON for wrk.py.

function done(summary, latency, _)
  local errors = summary.errors
  print(string.format(
    'RESULT {"requests":%d,"bytes":%d,"seconds":%.6f,"p50_us":%d,"p99_us":%d,' ..
    '"failed":%d,"timeouts":%d}',
    summary.requests, summary.bytes, summary.duration / 1e6, latency:percentile(50),
    latency:percentile(99), errors.connect + errors.read + errors.write + errors.status,
    errors.timeout))
end
