#!/usr/bin/env bash
# One step of the build: a line with its name and seconds; what it said only when it fails.
# Usage: step.sh LOGS NAME COMMAND [ARGUMENT…]
set -uo pipefail

logs=$1 name=$2
shift 2
log=$logs/${name//[^a-zA-Z0-9]/-}.log
notice_after_seconds=15
lines_shown=300

mkdir -p "$logs"
# Make's flags name a job server whose pipes a plain recipe does not inherit; cargo would complain.
unset MAKEFLAGS MFLAGS MAKELEVEL

(
  # A long step says so once, for whoever is waiting for it.
  trap 'kill "$nap"' TERM
  sleep "$notice_after_seconds" >/dev/null 2>&1 &
  nap=$!
  wait "$nap" && printf '  %s is running; its output: %s\n' "$name" "$log"
) &
notice=$!

"$@" >"$log" 2>&1 </dev/null
status=$?
kill "$notice" 2>/dev/null
wait "$notice" 2>/dev/null

if [ "$status" -eq 0 ]; then
  printf '  %-44s %5d s\n' "$name" "$SECONDS"
else
  printf '\n  %s failed after %d s. The last lines of %s:\n\n' "$name" "$SECONDS" "$log"
  tail -n "$lines_shown" "$log"
fi
exit "$status"
