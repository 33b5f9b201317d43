#!/usr/bin/env bash
# Adds up what cargo test and Playwright counted, and prints it as one line. A test that had nothing to
# read, and said so in a line `left out: …`, is not one that passed; what was left out is listed.
# Usage: passed.sh LOG…
set -euo pipefail

awk '
  /^test result:/          { for (i = 1; i < NF; i++) { if ($(i + 1) ~ /^passed/) passed += $i; if ($(i + 1) ~ /^failed/) failed += $i } }
  /^ *[0-9]+ passed( |$)/  { passed += $1 }
  /^ *[0-9]+ failed( |$)/  { failed += $1 }
  /^ *[0-9]+ skipped( |$)/ { left_out += $1 }
  /^left out: /            { left_out += 1; passed -= 1; print "  " $0 }
  /^ +- .* › .*$/          { print "  left out: " substr($0, index($0, "[")) }
  END                      { printf "%d passed, %d failed, %d left out\n", passed, failed, left_out }
' "$@"
