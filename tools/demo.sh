#!/bin/bash
# Shows a registry at work, with the program given: see --help.
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ $# -ne 1 || $1 == --help || $1 == -h ]]; then
  cat <<'TEXT'
usage: tools/demo.sh PROGRAM

Makes a fresh registry in build/demo with PROGRAM (a built comity), files the landmark incidents and
the rulebooks of data/, shows what it holds (counts, a search, one incident, a trend), audits it,
and proves one filing.
TEXT
  [[ ${1:-} == --help || ${1:-} == -h ]] && exit 0
  exit 2
fi
program=$(realpath "$1")
comity() { "$program" --quiet "$@"; }

# Prints the command as a reader would type it, then runs it.
show() {
  printf '\n\033[1m$ comity %s\033[0m\n' "$*"
  comity "$@"
}

rm -rf build/demo
mkdir -p build/demo
cd build/demo

echo "A registry, founded with keys of its own:"
show init registry --origin demo.example/comity --name 'Demonstration Registry' --plain-keys

echo
echo "The landmark incidents and rulebooks, signed and filed one case a filing:"
show import landmarks registry
show show registry

echo
echo "What the record says, counted, with the denominator of every rate:"
show stats registry --top 8

echo
echo "A search, tolerant of spelling; an actor is found under all its names:"
show search registry not petya --limit 3

echo
echo "One incident: what happened, who says what, what was done, where it stands in the log:"
show show registry notpetya

echo
echo "Incidents over time, coarse dates spread over what they allow, with slope and change points:"
show stats trends registry --by year

echo
echo "A watchdog recomputes everything, believing nothing but the registry's key:"
show audit registry --trust registry/trust.json

echo
echo "A proof of that one filing, verified from the proof and the key alone:"
entry=$(comity --json show registry notpetya | sed -E 's/^[^{]*\{[^{]*\{"entry":([0-9]+).*/\1/')
show prove registry "$entry" --out notpetya
show verify --trust registry/trust.json notpetya

cat <<TEXT

To try next, in build/demo:
  $program show registry triangulation      who says what, and a denial
  $program show registry UN-13f             an agreed norm
  $program search registry --country UA --facets
  $program export registry --kind claims --format csv --out claims.csv
  $program party list registry
  $program audit --help                     and --help of any verb
Or change one byte under build/demo/registry/tile or segments, and audit again.
TEXT
