#!/usr/bin/env bash
# What must not be there: the walls between the rooms, checked in the dependency graph and the text.
# Usage: absence.sh   (in the workspace's root; the environment is that of WASM builds)
set -uo pipefail

wasm=wasm32-unknown-unknown
broken=0
complain() {
  printf '%s\n' "$1" >&2
  [ $# -lt 2 ] || printf '%s\n' "${@:2}" | sed 's/^/    /' >&2
  broken=1
}

# Lines `name version features`, one for each crate that ends up in the build described by the arguments.
crates() {
  cargo tree --locked -e normal --prefix none -f '{p} {f}' "$@" | sed -E 's/ \(\*\)$//; s/ \([^)]*\)//' | sort -u
}

# forbid_crates ROOM PATTERN CRATES
forbid_crates() {
  local found
  [ -n "$3" ] || complain "$1: cargo tree names no crate at all"
  found=$(grep -E "^($2) " <<<"$3") && complain "$1 depends on what it must not know:" "$found"
}

# forbid_text ROOM FOLDER PATTERN REASON: code only, so that a comment may name what is absent.
forbid_text() {
  local found
  found=$(grep -rnE --include='*.rs' "$3" "$2" | grep -vE '^[^:]+:[0-9]+:\s*//') &&
    complain "$1 $4:" "$found"
}

domain=$(crates -p domain --features ports --target all)
app=$(crates -p app --features ssr)
frontend=$(crates -p frontend --target "$wasm")
server=$(crates -p server)

# Nobody builds the feature `tikv` here, but what it needs is there.
grep -qE '^surrealdb-tikv-client ' <<<"$(crates -p server --features tikv)" ||
  complain "server with the feature tikv has no client of TiKV"

forbid_crates domain 'tokio|async-std|smol|sqlx|surrealdb|axum|hyper|reqwest|rand|rand_core|leptos' "$domain"
forbid_crates app 'sqlx[a-z-]*|surrealdb[a-z-]*|tantivy|redb|rocksdb|rusqlite' "$app"
forbid_crates frontend 'sqlx[a-z-]*|surrealdb[a-z-]*|tantivy|axum|tokio' "$frontend"

grep -qE '^app .*\bhydrate\b' <<<"$frontend" || complain "frontend builds app without hydrate"
grep -qE '^app .*\bssr\b' <<<"$server" || complain "server builds app without ssr"
for crate in app leptos leptos_macro leptos_meta leptos_router; do
  grep -qE "^$crate .*\bssr\b" <<<"$frontend" && complain "frontend builds $crate with ssr"
  grep -qE "^$crate .*\bhydrate\b" <<<"$server" && complain "server builds $crate with hydrate"
done

forbid_text domain domain/src '\b(SystemTime|Instant|Timestamp|Zoned)::now\b|\bnew_v4\b|\bnow_v7\b|\brand::|\bgetrandom\b' \
  'takes time, ids and chance as arguments'
for room in domain app frontend; do
  forbid_text "$room" "$room/src" \
    '\bstd::(env|fs|net|process|thread)\b|\btokio::|\bTcp(Listener|Stream)\b|\bUdpSocket\b' \
    'starts no task, reads no environment and opens no file or socket'
done

# A table is written by one noun alone, as far as a statement names it; schema.rs only brings it up to date. Two
# are shared: `contains` is a shelf's edge to a product and an order's to a variant, and of `customer` who wishes, who
# bought and who looks around only see to it that it is there.
tables=$(sed -nE 's/.*(DEFINE TABLE IF NOT EXISTS|CREATE TABLE) `?([a-z_]+).*/\2/p' server/src/graph/schema.rs server/migrations/*.sql | sort -u)
[ -n "$tables" ] || complain 'the schemas name no table at all'
for table in $tables; do
  writing='\b(INSERT( IGNORE| RELATION)* INTO|UPDATE|UPSERT|DELETE( FROM)?) `?'"$table"'\b'
  writers=$(grep -rlE --include='*.rs' --exclude=schema.rs "$writing" server/src | cut -d/ -f3 | sort -u)
  case $table in
    contains) allowed='catalog order' ;;
    customer) allowed='browsing order wish_list' ;;
    *) allowed=$(head -n 1 <<<"$writers") ;;
  esac
  [ "$(tr '\n' ' ' <<<"$writers")" = "$allowed " ] || complain "the table $table is written by more than one noun:" "$writers"
done

functions=$(grep -rhoE --include='*.rs' '^\s*(pub(\([a-z]+\))? )?(async |const |unsafe |extern "C" )*fn \w+' frontend/src | wc -l)
[ "$functions" -eq 1 ] || complain "frontend has $functions functions and must have one"

cargo build --locked --quiet -p domain --features ports --profile wasm --target "$wasm" ||
  complain "domain does not compile for $wasm"

exit "$broken"
