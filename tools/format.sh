#!/bin/bash
# Formats the C++ of the tree by .clang-format; --check only names what is not formatted.
set -euo pipefail
cd "$(dirname "$0")/.."

mode=-i
if [[ ${1:-} == --check ]]; then mode=--dry-run; fi
find src apps tests bench \( -name '*.cc' -o -name '*.h' \) -print0 |
  xargs -0 --no-run-if-empty --max-args=20 --max-procs="$(nproc)" clang-format-19 -Werror "$mode"
