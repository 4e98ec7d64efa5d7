#!/bin/bash
# Installs what Comity needs of Debian 12 and is missing: see --help.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'TEXT'
usage: tools/install.sh build|check|full

  build   what building and running the program needs (./demo)
  check   that, and what the tests, linters and fuzzers need (./check); also the Python packages
          of tests/requirements.txt, into build/venv
  full    that, and those of tests/schemathesis/requirements.txt, into build/venv-schemathesis,
          and what boots a Debian in a container (./check --full)

Debian packages are installed by apt-get, as root or by sudo; nothing happens, in a fraction of a
second, where all is there. A `go` in PATH is used in place of Debian's.
TEXT
}

build_packages=(
  ca-certificates ccache cmake g++-12 git mold ninja-build pkg-config
  libboost1.81-dev libboost-url1.81-dev
  libcbor-dev libcli11-dev libcsv-dev libcurl4-openssl-dev libfmt-dev libsimdjson-dev
  libsodium-dev libsqlite3-dev
  libssl-dev libtomlplusplus-dev nlohmann-json3-dev zlib1g-dev
)
check_packages=(
  clang-19 clang-format-19 libclang-rt-19-dev
  fish groff openssl zsh
  libbenchmark-dev libgmock-dev libgtest-dev librapidcheck-dev
  python3 python3-cbor2 python3-cryptography python3-venv systemd
)

is_installed() {
  [[ $(dpkg-query --show --showformat='${db:Status-Abbrev}' "$1" 2>/dev/null) == ii* ]]
}

install_packages() {
  local missing=()
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  if ((${#missing[@]} == 0)); then return; fi
  echo "installing ${missing[*]}"
  local as_root=()
  if ((EUID != 0)); then
    if ! command -v sudo >/dev/null; then
      echo "tools/install.sh: run it as root, or install sudo" >&2
      exit 1
    fi
    as_root=(sudo)
  fi
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive
             apt-get --yes --quiet --option DPkg::Lock::Timeout=300)
  "${apt[@]}" update
  "${apt[@]}" install --no-install-recommends "${missing[@]}"
}

# install_python_packages REQUIREMENTS VENV: those packages, by hash, and no others.
install_python_packages() {
  local requirements=$1 venv=$2
  local stamp=$venv/installed.txt
  if cmp --silent "$requirements" "$stamp"; then return; fi
  echo "installing the Python packages of $requirements into $venv"
  rm -rf "$venv"
  /usr/bin/python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes \
    --requirement "$requirements"
  cp "$requirements" "$stamp"
}

install_check() {
  command -v go >/dev/null || check_packages+=(golang-go)
  install_packages "${build_packages[@]}" "${check_packages[@]}"
  install_python_packages tests/requirements.txt build/venv
}

case "${1:-}" in
  build) install_packages "${build_packages[@]}" ;;
  check) install_check ;;
  full)
    install_check
    install_packages debootstrap systemd-container
    install_python_packages tests/schemathesis/requirements.txt build/venv-schemathesis
    ;;
  --help | -h) usage ;;
  *)
    usage >&2
    exit 2
    ;;
esac
