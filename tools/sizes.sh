#!/usr/bin/env bash
# Prints what a first visit downloads, and fails when script and WASM together exceed a limit.
# Usage: sizes.sh SITE LIMIT_BYTES RAW_LIMIT_BYTES   the first limit is for what brotli left of them
set -euo pipefail

site=$1 limit_bytes=$2 raw_limit_bytes=$3

total_bytes() {
  find "$site/pkg" -type f -name "$1" -printf '%s\n' | awk '{ sum += $1 } END { print sum + 0 }'
}

all_brotli_bytes=0 all_raw_bytes=0
for kind in wasm js css; do
  raw_bytes=$(total_bytes "*.$kind")
  brotli_bytes=$(total_bytes "*.$kind.br")
  [ "$brotli_bytes" -gt 0 ] || { echo "  $site/pkg holds no compressed .$kind file"; exit 1; }
  printf '  %-8s %9d B raw %9d B after brotli\n' "$kind" "$raw_bytes" "$brotli_bytes"
  [ "$kind" != css ] || continue
  all_raw_bytes=$((all_raw_bytes + raw_bytes)) all_brotli_bytes=$((all_brotli_bytes + brotli_bytes))
done
printf '  %-8s %9d B raw %9d B after brotli; allowed are %d B and %d B\n' \
  'wasm+js' "$all_raw_bytes" "$all_brotli_bytes" "$raw_limit_bytes" "$limit_bytes"
[ "$all_brotli_bytes" -le "$limit_bytes" ] && [ "$all_raw_bytes" -le "$raw_limit_bytes" ]
