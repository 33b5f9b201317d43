#!/usr/bin/env bash
# Prints what a first visit downloads, and fails when script and WASM together exceed the limit.
# Usage: sizes.sh SITE LIMIT_BYTES
set -euo pipefail

site=$1 limit_bytes=$2

total_bytes() {
  find "$site/pkg" -type f -name "$1" -printf '%s\n' | awk '{ sum += $1 } END { print sum + 0 }'
}

downloaded_bytes=0
for kind in wasm js css; do
  raw_bytes=$(total_bytes "*.$kind")
  brotli_bytes=$(total_bytes "*.$kind.br")
  [ "$brotli_bytes" -gt 0 ] || { echo "  $site/pkg holds no compressed .$kind file"; exit 1; }
  [ "$kind" = css ] || downloaded_bytes=$((downloaded_bytes + brotli_bytes))
  printf '  %-8s %9d B raw %9d B after brotli\n' "$kind" "$raw_bytes" "$brotli_bytes"
done
printf '  %-8s %9d B of %d B allowed after brotli\n' 'wasm+js' "$downloaded_bytes" "$limit_bytes"
[ "$downloaded_bytes" -le "$limit_bytes" ]
