#!/bin/bash
# Builds print_record with two compilers, with and without optimisation, has each fold the golden
# registry, one with the landmark record and some random ones, and compares what they print:
# tests/record/same_record.sh COMITY WORK_DIRECTORY. Ends with 1 where two differ.
set -euo pipefail
comity=$(realpath "$1")
work=$(mkdir -p "$2" && cd "$2" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)

rm -rf "$work/registry" "$work/random" "$work"/*.txt
"$comity" --quiet init "$work/registry" --origin determinism.example/comity --name Determinism \
  --plain-keys >/dev/null
"$comity" --quiet import landmarks "$work/registry" >/dev/null
mkdir "$work/random"
COMITY=$comity /usr/bin/python3 "$root/tests/record/random_registries.py" "$work/random" 20

variant() { # NAME COMPILER FLAG
  local build=$work/$1
  # Warnings are the ordinary build's business.
  cmake -S "$root" -B "$build" -G Ninja -D CMAKE_CXX_COMPILER="$2" -D CMAKE_BUILD_TYPE=None \
    -D CMAKE_CXX_FLAGS="-w $3" >"$build.log"
  cmake --build "$build" --parallel "$(nproc)" --target print_record >>"$build.log"
  for registry in "$root/tests/golden/registry" "$work/registry" "$work"/random/random-?*/; do
    rm -rf "$build/index"
    "$build/bin/print_record" "$registry" "$build/index" >>"$build.txt"
  done
}

variant gcc-O0 g++-12 -O0
variant gcc-O2 g++-12 -O2
variant clang-O0 clang++-19 -O0
variant clang-O2 clang++-19 -O2

for name in gcc-O2 clang-O0 clang-O2; do
  cmp "$work/gcc-O0.txt" "$work/$name.txt"
done
lines=$(wc -l <"$work/gcc-O0.txt")
if ((lines < 5000)); then
  echo "print_record printed only $lines lines" >&2
  exit 1
fi
echo "four builds print the same $lines lines"
