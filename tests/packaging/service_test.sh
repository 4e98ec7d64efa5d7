#!/bin/bash
# Boots a bare Debian 12 in a container and makes Comity a service there, line by line as
# docs/operating/serving.md has it: service_test.sh COMITY WORK_DIRECTORY. Needs root, debootstrap
# and systemd-nspawn; WORK_DIRECTORY is made anew.
set -euo pipefail
comity=$(realpath "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
rm -rf "$2"
mkdir -p "$2"
work=$(cd "$2" && pwd)
machine=$work/debian

# The indented lines of a section of a page from the first that begins so, to the next text.
commands() { # PAGE SECTION BEGINS
  awk -v section="## $2" -v begins="    $3" '
    $0 == section { within = 1; next }
    /^## / { within = 0 }
    within && index($0, begins) == 1 { taking = 1 }
    taking && /^    / { print substr($0, 5) }
    taking && /^[^ ]/ { exit }' "$root/docs/operating/$1"
}

debootstrap --variant=minbase \
  --include=systemd,systemd-sysv,dbus,sudo,adduser,curl,ca-certificates \
  bookworm "$machine" http://deb.debian.org/debian >"$work/debootstrap.log"
mkdir -p "$machine/root/comity/build/release/bin"
cp "$comity" "$machine/root/comity/build/release/bin/comity"
cp -r "$root/packaging" "$machine/root/comity/"

{
  echo 'set -euxo pipefail; cd /root/comity'
  commands serving.md 'As a service' apt-get | sed 's/apt-get install/& --yes --quiet/'
  commands serving.md 'As a service' adduser
  cat <<'SERVICE'
until systemctl is-active comity && curl --silent --fail http://127.0.0.1:8080/readyz; do
  systemctl is-failed comity && exit 1
  sleep 0.5
done
curl --silent --fail http://127.0.0.1:8080/checkpoint | grep --fixed-strings registry.example/comity
sudo -u comity comity token new /var/lib/comity/registry --party "$(sudo -u comity comity --json \
  party list /var/lib/comity/registry | grep -o -m 1 'identity--[0-9a-f-]*' | head -1)"
systemctl reload comity
until journalctl -u comity --output cat | grep tokens-reloaded; do sleep 0.5; done
systemctl stop comity
journalctl -u comity --output cat | grep '"event":"stopped"'
[[ $(systemctl show --property Result --value comity) == success ]]
SERVICE
} >"$machine/root/service.sh"
for needed in 'apt-get install' 'adduser --system' 'comity init' 'systemctl enable --now comity'; do
  grep --quiet --fixed-strings "$needed" "$machine/root/service.sh"
done

systemd-nspawn --quiet --directory "$machine" --boot --register=no --keep-unit --console=pipe \
  </dev/null >"$work/boot.log" 2>&1 &
nspawn=$!
trap 'kill "$nspawn" 2>/dev/null; wait "$nspawn" 2>/dev/null || true' EXIT
inside() { nsenter --target "$(pgrep --parent "$nspawn" --oldest)" --all "$@"; }
for ((i = 0; i < 120; ++i)); do
  if [[ $(inside systemctl is-system-running 2>/dev/null) =~ ^(running|degraded)$ ]]; then break; fi
  sleep 0.5
done
inside timeout 300 bash /root/service.sh
inside systemctl poweroff
wait "$nspawn" || true
trap - EXIT
echo "Comity ran as a service on Debian $(<"$machine/etc/debian_version")"
