#!/usr/bin/env bash
# Adds up what cargo test and Playwright counted, and prints it as one line.
# Usage: passed.sh LOG…
set -euo pipefail

awk '
  /^test result:/         { for (i = 1; i < NF; i++) { if ($(i + 1) ~ /^passed/) passed += $i; if ($(i + 1) ~ /^failed/) failed += $i } }
  /^ *[0-9]+ passed( |$)/ { passed += $1 }
  /^ *[0-9]+ failed( |$)/ { failed += $1 }
  END                     { printf "%d passed, %d failed\n", passed, failed }
' "$@"
