#!/bin/bash
# Makes a registry with the program and has programs that know nothing of it read that registry,
# from its directory and from its server.
#
#   interop.sh PROGRAM [--fsck]
#
# Go's sumdb packages, scitt-cose and tests/golden/check.py; with --fsck Tessera's fsck instead.
set -euo pipefail

if [[ $# -lt 1 || $# -gt 2 || ${2:---fsck} != --fsck ]]; then
  echo "usage: interop.sh PROGRAM [--fsck]" >&2
  exit 2
fi
program=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
server=
stop_server() {
  if [[ -z $server ]]; then return; fi
  local stopping=$server
  server=
  kill -TERM "$stopping"
  wait "$stopping"
}
trap 'stop_server || true; rm -rf "$scratch"' EXIT
cd "$scratch"

comity() { "$program" --quiet "$@" >>said; }

# start_server: sets `server`, and `address` as it is once the server listens. Go's tlog reads some
# tiles again for each proof, more often than a server allows by itself.
start_server() {
  printf '[limits]\nrequests_per_second = 0\n' >serve.toml
  "$program" --quiet --json serve registry --config serve.toml --listen 127.0.0.1:0 \
    >ready 2>journal </dev/null &
  server=$!
  until [[ -s ready ]]; do
    if ! kill -0 "$server" 2>/dev/null; then
      cat journal >&2
      exit 1
    fi
    sleep 0.1
  done
  address=$(sed -E 's/.*"addresses":\["([^"]*)".*/\1/' ready)
}

# A member of one line of JSON that is a number or a text without escapes.
member() { sed -E "s/.*\"$1\":\"?([^\",}]*).*/\1/"; }

comity init registry --origin interop.example/comity --name Interop --plain-keys
comity import landmarks registry
# One entry each, so that the log has a full tile and a partial one at every level.
comity key new alice.key --plain --algorithm es256
comity party apply --name Alice --group media --key alice.key --origin interop.example/comity \
  --out alice.json
comity party admit registry alice.json
party=$("$program" --json party list registry | sed -E 's/.*"id":"([^"]*)","name":"Alice".*/\1/')
for i in $(seq 201); do
  printf '{"type":"incident","spec_version":"2.1",'
  printf '"id":"incident--00000000-0000-4000-8000-%012d",' "$i"
  printf '"created_by_ref":"%s","created":"2026-01-02T03:04:05.000Z",' "$party"
  printf '"modified":"2026-01-02T03:04:05.000Z","name":"Incident %d"}\n' "$i"
done >objects.jsonl
for i in $(seq 201); do
  sed -n "${i}p" objects.jsonl >object.json
  comity file registry object.json --key alice.key --party "$party" --sign-only "$i.filing"
done
mv 201.filing last
comity file registry ./*.filing --signed
mkdir registry/proofs
newest=$(($("$program" --json show registry | member size) - 1))  # Alice's; her key is of ES256
for entry in 0 1 7 "$newest"; do
  comity prove registry "$entry" --out "registry/proofs/$entry"
done

if [[ ${2:-} == --fsck ]]; then
  vkey=$(tr -d '\n ' <registry/trust.json | member vkey)
  "$here/fsck.sh" registry "$vkey"
  exit
fi

# scitt-cose reads hash envelopes: filings, not controls.
mkdir filings
cp registry/proofs/{0,7,"$newest"}.* filings/
"$here/read.sh" registry filings

# What a server gives out: the log, and receipts when a filing is taken and afterwards.
start_server
mkdir fetched
index=$(/usr/bin/python3 "$here/fetch_receipts.py" "$address" last 7 fetched)
comity prove registry "$index" --out proved
cp proved.statement fetched/posted.statement
cp registry/proofs/7.statement fetched/
"$here/read.sh" registry fetched "$address" fetched/receipt.key
stop_server

/usr/bin/python3 "$here/../golden/check.py" registry

# There the receipts are signed by ES256.
"$here/read.sh" "$here/../golden/registry" "$here/../golden/registry/proofs"
