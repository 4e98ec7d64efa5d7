# Sourced by ./check: runs named steps one after another, times them and sums up.
#
# A step's output goes to build/check/NAME.log; the end of it is shown where the step fails. A
# failed step does not keep the next from running unless it was `must`.

steps_log=build/check
steps_begun=$SECONDS
steps_limit=0  # seconds that all steps should take at most; 0: no limit
steps_done=0
steps_failed=()
mkdir -p "$steps_log"

steps_minutes() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); }

# step NAME COMMAND...
step() {
  local name=$1 begun=$SECONDS
  shift
  local log="$steps_log/${name// /-}.log"
  printf '%-28s ' "$name"
  steps_done=$((steps_done + 1))
  if "$@" >"$log" 2>&1 </dev/null; then
    echo "ok      $(steps_minutes $((SECONDS - begun)))"
    return 0
  fi
  echo "FAILED  $(steps_minutes $((SECONDS - begun)))"
  steps_failed+=("$name")
  tail -n 100 "$log" | sed 's/^/    /'
  echo "    (whole output: $log)"
  return 1
}

# must NAME COMMAND...: nothing that follows makes sense without it.
must() { step "$@" || finish; }

# try NAME COMMAND...: the others are still worth running.
try() { step "$@" || true; }

# A warning and no failure, since machines differ.
warn_if_slow() {
  local took=$1
  if ((steps_limit == 0 || took <= steps_limit)); then return; fi
  echo "check: WARNING: took $(steps_minutes "$took"), longer than the" \
    "$(steps_minutes $steps_limit) it should take on 2 cores"
}

# Prints the summary line and ends the script with its status.
finish() {
  local seconds=$((SECONDS - steps_begun)) took
  took=$(steps_minutes $seconds)
  if ((steps_limit > 0)); then took+=", limit $(steps_minutes $steps_limit)"; fi
  warn_if_slow $seconds
  if ((${#steps_failed[@]} == 0)); then
    echo "check: passed, $steps_done steps in $took"
    exit 0
  fi
  local IFS=,
  echo "check: FAILED: ${steps_failed[*]} ($steps_done steps in $took)"
  exit 1
}
