#!/bin/bash
# Builds the benchmarks, runs all of them, and writes their table into bench/README.md.
#
#   bench/run.sh [NAME...]   only the named, such as append_bench; the table keeps the other rows
#
# COMITY_BENCH_DIRECTORY   where the disk is measured (default: build/release)
# COMITY_BENCH_REPEAT      repetitions, each contender in turn at random; medians count (default: 5)
# COMITY_BENCH_SECONDS     how long a server is under load at a time (default: 10)
# COMITY_BENCH_RIVALS      where servers of others are put (default: build/release/rivals)
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/build/release
results=$build/bench-results
repeat=${COMITY_BENCH_REPEAT:-5}
programs=("$@")
((${#programs[@]})) || programs=(append_bench receipt_bench check_bench validate_bench
  audit_bench rebuild_bench query_bench stats_bench import_bench open_bench
  taxii_bench http_bench register_bench taxii_drain_bench)
export COMITY_BENCH_DIRECTORY=${COMITY_BENCH_DIRECTORY:-$build}

cmake --preset release -S "$root" -B "$build" >/dev/null
# Those that are scripts time the program itself.
is_script() { [[ -f $root/bench/$1.py ]]; }
targets=()
for program in "${programs[@]}"; do
  if is_script "$program"; then targets+=(comity); else targets+=("$program"); fi
done
cmake --build "$build" --target "${targets[@]}"
mkdir -p "$results"

# Tessera's module needs Go 1.24; its own toolchain download is not asked for.
go_version=$(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null || true)
if [[ $go_version =~ ^go([0-9]+)\.([0-9]+) ]] &&
  ((BASH_REMATCH[1] > 1 || BASH_REMATCH[2] >= 24)); then
  (cd "$root/bench/tessera" &&
    GOTOOLCHAIN=local GOFLAGS=-mod=readonly go build -o "$build/bin/tessera_append" . &&
    GOTOOLCHAIN=local GOFLAGS=-mod=readonly go build -o "$build/bin/tessera_serve" ./serve)
  export COMITY_TESSERA=$build/bin/tessera_append
  export COMITY_TESSERA_SERVER=$build/bin/tessera_serve
else
  echo "skipped: Tessera needs Go 1.24, here is ${go_version:-no Go}; its rows are left out"
fi

# Other people's programs, on the same objects and in the same run.
if [[ " ${programs[*]} " == *" validate_bench "* && -x $root/build/venv/bin/python3 &&
  -n ${COMITY_SHARED:-} ]]; then
  "$root/build/venv/bin/python3" "$root/bench/validate_rivals.py" "$results/validate_rivals.json"
elif [[ " ${programs[*]} " == *" validate_bench "* ]]; then
  echo "skipped: the rivals of validate_bench need build/venv and COMITY_SHARED"
fi

for program in "${programs[@]}"; do
  echo "== $program"
  if [[ $program == import_bench && -z ${COMITY_SHARED:-} ]]; then
    echo "skipped: import_bench needs COMITY_SHARED"
    continue
  fi
  if is_script "$program"; then
    COMITY_BENCH_REPEAT=$repeat /usr/bin/python3 "$root/bench/$program.py" \
      "$build/bin/comity" "$results/$program.json"
    continue
  fi
  # The goal of the rebuild is for three million objects, once: each takes minutes.
  if [[ $program == rebuild_bench ]]; then
    COMITY_BENCH_OBJECTS=${COMITY_BENCH_OBJECTS:-3000000} "$build/bin/$program" \
      --benchmark_repetitions=1 --benchmark_out="$results/rebuild_3m_bench.json" \
      --benchmark_out_format=json >/dev/null
  fi
  "$build/bin/$program" --benchmark_repetitions="$repeat" \
    --benchmark_enable_random_interleaving=true --benchmark_report_aggregates_only=true \
    --benchmark_out="$results/$program.json" --benchmark_out_format=json >/dev/null
done
/usr/bin/python3 "$root/bench/table.py" "$results" "$root/bench/README.md"
