#!/usr/bin/env bash
# Measures how long a feed of ten thousand products takes to import, and how much memory that and a feed of
# ten times as many take. Every row is a good one: it fails where the store does not take all of them.
#
# Usage: end2end/load/import.sh [ROWS [TIMES]]
#   ROWS    of the smaller feed (default 10000)
#   TIMES   how many times larger the other one is (default 10)
# CARTOGRAPH_BIN names what was built elsewhere than in target/.
set -euo pipefail

rows=${1:-10000} times=${2:-10}
cartograph=${CARTOGRAPH_BIN:-${CARGO_TARGET_DIR:-target}/release/cartograph}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

feed() {
  awk -v rows="$1" 'BEGIN {
    OFS = "\t"
    print "id", "title", "description", "availability", "price", "brand", "product_type"
    for (row = 1; row <= rows; row++)
      print "R" row, "Lamp number " row, "A lamp for a desk, with a shade of linen and a foot of oak.", "in_stock",
        (row % 90 + 9) ".50 GBP", "Maker " row % 40, "Home > Lighting > Kind " row % 25
  }'
}

fail() {
  echo "$1" >&2
  tail -n 20 "$work/log" "$work/summary" "$work/rejected.csv" >&2 || true
  exit 1
}

import() {
  local name=$1 rows=$2 begun_ns peak_kb=0 now_kb importer
  feed "$rows" >"$work/$name.tsv"
  begun_ns=$(date +%s%N)
  "$cartograph" import products "$work/$name.tsv" --data "$work/$name" --report "$work/rejected.csv" \
    >"$work/summary" 2>"$work/log" &
  importer=$!
  while now_kb=$(awk '/^VmHWM/ { print $2 }' "/proc/$importer/status" 2>/dev/null) && [ -n "$now_kb" ]; do
    peak_kb=$now_kb
    sleep 0.1
  done
  wait "$importer" || fail "the import of $rows rows ended with $?"
  [ "$(cat "$work/summary")" = "$rows rows read: $rows products with $rows variants written" ] ||
    fail "of $rows rows not all came in as they are"
  echo "$rows rows: $((($(date +%s%N) - begun_ns) / 1000000)) ms, $((peak_kb / 1024)) MB at most"
}

import small "$rows"
import large $((rows * times))
