#!/bin/bash
# Builds print_trends with two compilers, with and without optimisation, and compares what the
# programs print: tests/measure/same_trends.sh WORK_DIRECTORY. Ends with 1 where two differ.
set -euo pipefail
work=$(mkdir -p "$1" && cd "$1" && pwd)
cd "$(dirname "$0")/../.."

# All in one, which takes a compiler a third of the time.
{
  for source in tests/measure/print_trends.cc src/base/error.cc src/measure/*.cc; do
    if [[ $source != *_test.cc ]]; then printf '#include "%s"\n' "$PWD/$source"; fi
  done
} >"$work/print_trends.cc"

variant() { # NAME COMPILER FLAG...
  local name=$1
  shift
  # Warnings are the ordinary build's business.
  "$@" -w -std=c++23 -Isrc -I. "$work/print_trends.cc" -lfmt -o "$work/print_trends.$name"
  "$work/print_trends.$name" >"$work/$name.txt"
}

jobs=()
variant gcc-O0 g++-12 -O0 & jobs+=($!)
variant gcc-O2 g++-12 -O2 & jobs+=($!)
variant clang-O0 clang++-19 -O0 & jobs+=($!)
variant clang-O2 clang++-19 -O2 & jobs+=($!)
for job in "${jobs[@]}"; do wait "$job"; done

for name in gcc-O2 clang-O0 clang-O2; do
  diff "$work/gcc-O0.txt" "$work/$name.txt"
done
lines=$(wc -l <"$work/gcc-O0.txt")
if ((lines < 400)); then
  echo "print_trends printed only $lines lines" >&2
  exit 1
fi
echo "four builds print the same $lines lines"
