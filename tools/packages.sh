#!/usr/bin/env bash
# Installs Debian packages for the programs and files that are missing.
# Usage: packages.sh [--check] PROBE=PACKAGE…   PROBE is a command's name, or a path that may hold wildcards.
# With --check nothing is installed: the exit code says whether all is there.
set -euo pipefail

lock_timeout_seconds=1200

only_check=false
if [ "${1-}" = --check ]; then
  only_check=true
  shift
fi

missing=()
for pair; do
  probe=${pair%%=*} package=${pair#*=}
  if [[ $probe == /* ]]; then
    compgen -G "$probe" >/dev/null || missing+=("$package")
  else
    command -v "$probe" >/dev/null || missing+=("$package")
  fi
done
[ ${#missing[@]} -gt 0 ] || exit 0
! $only_check || exit 1

if ! command -v apt-get >/dev/null; then
  echo "Missing on this system, to be installed with its own package manager: ${missing[*]}" >&2
  exit 1
fi

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
# `DPkg::Lock::Timeout` covers the installation's lock and not that of the package lists.
"${as_root[@]}" flock --timeout "$lock_timeout_seconds" /var/lib/apt/cartograph.lock apt-get update
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
  -o DPkg::Lock::Timeout="$lock_timeout_seconds" "${missing[@]}"
