#!/bin/bash
# Runs ./demo on a bare Debian 12, where nothing but the packages that Debian calls required is
# installed, as somebody does who has just unpacked the sources: demo_test.sh WORK_DIRECTORY. Needs
# root, debootstrap and systemd-nspawn; WORK_DIRECTORY is made anew, and keeps the program.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
rm -rf "$1"
mkdir -p "$1"
work=$(cd "$1" && pwd)
machine=$work/debian

debootstrap --variant=minbase bookworm "$machine" http://deb.debian.org/debian \
  >"$work/debootstrap.log"
mkdir "$machine/root/comity"
# What stands in the repository and nothing that was built beside it.
(cd "$root" && git ls-files -z | tar --create --null --files-from=-) |
  tar --extract --directory "$machine/root/comity"
systemd-nspawn --quiet --directory "$machine" --register=no --keep-unit --as-pid2 \
  --resolv-conf=copy-host --console=pipe --chdir /root/comity ./demo </dev/null
echo "./demo ran on Debian $(<"$machine/etc/debian_version")"
