#!/bin/bash
# Runs clang-tidy by .clang-tidy over src and apps: tools/tidy.sh [BUILD_DIRECTORY] [FILE_REGEX].
# The build directory must be configured, since its compile_commands.json is read.
set -euo pipefail
cd "$(dirname "$0")/.."

build=${1:-build/dev}
# Tests and fuzz targets stand out: the compiler checks them, and their macros are not ours.
files=${2:-"^$PWD/(src|apps)/.*(?<!_test|_fuzz)\.cc$"}
if [[ ! -f $build/compile_commands.json ]]; then
  echo "tools/tidy.sh: $build is not configured; run cmake --preset dev" >&2
  exit 1
fi
# The commands are those of g++-12, whose precompiled headers and some of whose warnings clang does
# not know.
run-clang-tidy-19 -quiet -p "$build" -j "$(nproc)" -extra-arg=-Wno-unknown-warning-option \
  -extra-arg=-Wno-ignored-gch "$files"
