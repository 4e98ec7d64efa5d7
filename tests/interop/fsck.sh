#!/bin/bash
# Has Tessera's own fsck read a log directory: checkpoint, entry bundles and tiles.
#
#   fsck.sh DIR VKEY
#
# Exit status: 0 sound, 1 not, 77 skipped because Go 1.24 or newer (which Tessera needs) isn't here.
set -euo pipefail

version=v1.0.4
seconds=300

if [[ $# -ne 2 ]]; then
  echo "usage: fsck.sh DIR VKEY" >&2
  exit 2
fi
directory=$(realpath "$1")
vkey=$2
export GOTOOLCHAIN=local GOFLAGS=

go_version=$(go env GOVERSION 2>/dev/null || true)
if [[ ! $go_version =~ ^go([0-9]+)\.([0-9]+) ]] ||
  ((BASH_REMATCH[1] == 1 && BASH_REMATCH[2] < 24)); then
  echo "skipped: Tessera's fsck needs Go 1.24, here is ${go_version:-no Go}"
  exit 77
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
printf '%s\n' "$vkey" >"$scratch/key"

GOBIN=$scratch go install "github.com/transparency-dev/tessera/cmd/fsck@$version"

# With one worker it can wait for itself for ever, hence eight and a limit. It exits with 0 whatever
# it finds: what it says must be read (and cut, since it quotes whole tiles).
status=0
timeout "$seconds" "$scratch/fsck" --ui=false --N=8 --v=1 \
  --storage_url="file://$directory/" --public_key="$scratch/key" >"$scratch/said" 2>&1 || status=$?
cut -c 1-160 "$scratch/said"
if ((status == 124)); then
  echo "fsck took more than $seconds s"
fi
((status == 0)) && grep -q "Successfully fsck'd" "$scratch/said"
