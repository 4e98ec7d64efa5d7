#!/bin/bash
# Has programs of other people read a registry: Go's sumdb packages the log, scitt-cose the proofs.
#
#   read.sh DIR PROOFS [URL KEY]
#
# DIR is a registry, PROOFS a directory of <name>.statement, .receipt and .tlog-proof. With URL the
# log is read from the server there, and KEY is a file of the key that receipts are said to be
# signed with; else both are the directory's. Exit status 0 if all agree. Needs Go (1.19 does),
# Debian's Python with cbor2 and cryptography, and one with tests/requirements.txt: build/venv,
# which tools/install.sh makes, or $COMITY_INTEROP_PYTHON.
set -euo pipefail

if [[ $# -ne 2 && $# -ne 4 ]]; then
  echo "usage: read.sh DIR PROOFS [URL KEY]" >&2
  exit 2
fi
directory=$(realpath "$1")
proofs=$(realpath "$2")
log=${3:-$directory}
receipt_key=${4:+$(realpath "$4")}
cd "$(dirname "$0")"

python=${COMITY_INTEROP_PYTHON:-../../build/venv/bin/python}
if [[ ! -x $python ]]; then
  echo "read.sh: no $python; tools/install.sh check makes it" >&2
  exit 1
fi

# Most of the time goes into compiling Go's own library: as little of it as will do.
export GOTOOLCHAIN=local GOFLAGS=-buildvcs=false CGO_ENABLED=0

# That what was altered is refused is for the reader's own tests.
(cd go && go test -vet=off ./verify)

statements=("$proofs"/*.statement)
keys=$(/usr/bin/python3 registry_keys.py "$directory" "${statements[@]}")
mapfile -t keys <<<"$keys"
receipt_key=${receipt_key:-${keys[1]}}

(cd go && go run ./verify "$log" "${keys[0]}" "$proofs"/*.tlog-proof)

for i in "${!statements[@]}"; do
  "$python" scitt_cose_check.py "${statements[i]}" "${keys[i + 2]}" \
    "${statements[i]%.statement}.receipt" "$receipt_key"
done
