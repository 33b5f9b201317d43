#!/usr/bin/env bash
# Measures a store in a data folder made by `cartograph demo`, the driver on the same machine: how soon
# it shows pages after its start, how shoppers fare for a while, how much memory it takes, and how fast its
# product pages are beside a static file of their size.
#
# Usage: end2end/load/store.sh FOLDER [USERS [SECONDS [OPTION…]]]
#   USERS    shoppers at the same time (default 200)
#   SECONDS  how long (default 600)
#   OPTION   of the load driver, for instance --scenarios lookers
# CARTOGRAPH_BIN, CARTOGRAPH_SITE, LOAD_BIN and PAGES_BIN name what was built elsewhere than in target/.
set -euo pipefail

folder=$1 users=${2:-200} seconds=${3:-600}
target=${CARGO_TARGET_DIR:-target}
cartograph=${CARTOGRAPH_BIN:-$target/release/cartograph} site=${CARTOGRAPH_SITE:-$target/site}
load=${LOAD_BIN:-$target/release/load} pages=${PAGES_BIN:-$target/release/pages}
address=127.0.0.1:3778
log=$(mktemp) page=$(mktemp)
server=
trap '[ -z "$server" ] || kill "$server"; wait; rm -f "$log" "$page"' EXIT

memory() {
  awk '/^Vm(RSS|HWM)/ { printf "%s %.0f MB  ", $1, $2 / 1024 } END { print "" }' "/proc/$server/status"
}

begun_ns=$(date +%s%N)
"$cartograph" serve --data "$folder" --listen "$address" --site "$site" 2>"$log" &
server=$!
until curl --fail --silent --output "$page" "http://$address/"; do sleep 0.01; done
echo "shows its home page $((($(date +%s%N) - begun_ns) / 1000000)) ms after its start"
product=$(grep -o -m 1 '"/products/[^"?]*' "$page" | head -n 1)
curl --fail --silent --output /dev/null "http://$address${product:1}"
echo "and a product's $((($(date +%s%N) - begun_ns) / 1000000)) ms after it"
until grep -q 'are in memory' "$log"; do sleep 0.5; done
echo "before the shoppers: $(memory)"
"$load" --host "http://$address" --users "$users" --increase-rate 50 --run-time "${seconds}s" "${@:4}"
echo "after the shoppers: $(memory)"
"$pages" --host "$address" --site "$site"
grep -E 'WARN|ERROR|panicked' "$log" || echo 'nothing was logged as a warning or an error'
