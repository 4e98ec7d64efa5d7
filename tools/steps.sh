# Sourced by ./check: runs named steps one after another, times them and sums up.
#
# A step's output goes to build/check/NAME.log; the end of it is shown where the step fails. A
# failed step does not keep the next from running unless it was `must`.

steps_log=build/check
steps_begun=$SECONDS
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

# Prints the summary line and ends the script with its status.
finish() {
  local took
  took=$(steps_minutes $((SECONDS - steps_begun)))
  if ((${#steps_failed[@]} == 0)); then
    echo "check: passed, $steps_done steps in $took"
    exit 0
  fi
  local IFS=,
  echo "check: FAILED: ${steps_failed[*]} ($steps_done steps in $took)"
  exit 1
}
