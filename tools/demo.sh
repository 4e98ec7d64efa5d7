#!/bin/bash
# Shows a registry at work, with the program given: see --help.
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ $# -ne 1 || $1 == --help || $1 == -h ]]; then
  cat <<'TEXT'
usage: tools/demo.sh PROGRAM

Makes a fresh registry in build/demo with PROGRAM (a built comity), files the landmark incidents and
the rulebooks of data/, shows what it holds (counts, a search, one incident, a trend), audits it,
proves one filing, and serves the registry: at a terminal until Ctrl-C, else until each address
that is printed has answered once.
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

# The server is a process group of its own, so that Ctrl-C reaches this script alone, which then
# stops it as an operator would, by one SIGTERM.
server=
stop_server() {
  if [[ -z $server ]]; then return; fi
  local stopping=$server
  server=
  kill -TERM "$stopping" 2>/dev/null || true
  wait "$stopping"
}
trap 'stop_server || true' EXIT

# start_server: sets `server`, and `address` as it is once the server listens.
start_server() {
  setsid "$program" --quiet --json serve registry --listen 127.0.0.1:0 \
    >ready.json 2>journal.jsonl </dev/null &
  server=$!
  until [[ -s ready.json ]]; do
    if ! kill -0 "$server" 2>/dev/null; then
      cat journal.jsonl >&2
      exit 1
    fi
    sleep 0.1
  done
  address=$(sed -E 's/.*"addresses":\["([^"]*)".*/\1/' ready.json)
}

# status PATH: the status of the server's answer.
status() {
  local host=${address#http://} line
  exec 3<>"/dev/tcp/${host%:*}/${host##*:}"
  printf 'GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$1" "$host" >&3
  read -r line <&3
  cat <&3 >/dev/null
  exec 3<&- 3>&-
  cut -d ' ' -f 2 <<<"$line"
}

# A record that was just opened may take a moment until it is up to the log.
answers() {
  for _ in $(seq 50); do
    if [[ $(status "$1") == 200 ]]; then return 0; fi
    sleep 0.2
  done
  echo "tools/demo.sh: $address$1 answers $(status "$1")" >&2
  return 1
}

echo
echo "The same registry for everybody, over HTTP:"
printf '\n\033[1m$ comity serve registry --listen 127.0.0.1:0\033[0m\n'
start_server
paths=(/feed.atom '/api/v1/search?q=petya' /api/v1/objects/notpetya /taxii2/ /checkpoint
       /openapi.json)
meanings=("an Atom feed of what was filed last" "a search, as JSON" "one incident"
          "the root for TAXII clients" "the newest checkpoint, for watchdogs"
          "what else there is")
for i in "${!paths[@]}"; do
  printf '  %-55s %s\n' "$address${paths[i]}" "${meanings[i]}"
done

if [[ -t 0 && -t 1 ]]; then
  echo "Ctrl-C ends it."
  trap 'echo; stop_server; exit 0' INT TERM HUP
  wait "$server"
  exit
fi
for path in "${paths[@]}"; do answers "$path"; done
stop_server
echo "Each answered; the server has stopped."
