#!/usr/bin/env bash
# Measures how many orders a second a store takes, the driver on the same machine: on a copy of a data
# folder made by `cartograph demo`, shoppers with two lines each come to their review beforehand and
# press "Place order" while the clock runs. Afterwards the graph has to catch up and the books to agree.
#
# Usage: end2end/load/orders.sh FOLDER [RATE [SECONDS [HOT_PERCENT]]]
#   RATE         orders a second, 0 for as many as there can be (default 1100)
#   SECONDS      how long (default 60)
#   HOT_PERCENT  how many of a hundred want the same SKU (default 0)
# CARTOGRAPH_BIN, CARTOGRAPH_SITE and ORDERS_BIN name what was built elsewhere than in target/.
set -euo pipefail

folder=$1 rate=${2:-1100} seconds=${3:-60} hot=${4:-0}
target=${CARGO_TARGET_DIR:-target}
cartograph=${CARTOGRAPH_BIN:-$target/release/cartograph} site=${CARTOGRAPH_SITE:-$target/site}
orders=${ORDERS_BIN:-$target/release/orders}
work=$(mktemp -d)
data=$work/data address=127.0.0.1:3777
server=
trap '[ -z "$server" ] || kill "$server"; wait; rm -rf "$work"' EXIT

most=$((rate > 0 ? rate * seconds : 2000 * seconds))
cp -r "$folder" "$data"
"$cartograph" rehearse --data "$data" --orders "$most" --hot-percent "$hot" --list "$work/shoppers.tsv"
"$cartograph" serve --data "$data" --listen "$address" --site "$site" 2>"$work/log" &
server=$!
# A store that has been open for a while: what every visitor needs is in its memory.
until grep -q 'are in memory' "$work/log"; do sleep 0.5; done
"$orders" --host "$address" --list "$work/shoppers.tsv" --rate "$rate" --seconds "$seconds"
ended_ms=$(date +%s%3N)
# Letters go at a pace of their own, behind everything else.
until "$cartograph" sagas --data "$data" | grep -qE ' ([0-9]+) are on their way, \1 of them to the post'; do sleep 0.2; done
echo "the graph had caught up $(($(date +%s%3N) - ended_ms)) ms after the last answer"
until "$cartograph" sagas --data "$data" | grep -q ' 0 are on their way'; do sleep 0.2; done
echo "and all letters were written $(($(date +%s%3N) - ended_ms)) ms after it"
"$cartograph" ledger check --data "$data"
