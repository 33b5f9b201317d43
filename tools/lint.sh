#!/usr/bin/env bash
# Stands in for rustc when cargo compiles the workspace's own crates (RUSTC_WORKSPACE_WRAPPER):
# clippy reads them and writes no code. Unlike `cargo clippy`, which would check all dependencies
# once more (SurrealDB among them), this reads the libraries that the real build left behind.
# Usage, by cargo: lint.sh RUSTC ARGUMENT…
set -euo pipefail

arguments=()
for argument; do
  case $argument in
    --emit=*) argument=--emit=dep-info,metadata ;;
    # A member linted before this one has left its metadata alone.
    *=*.rlib) [ -e "${argument#*=}" ] || argument=${argument%.rlib}.rmeta ;;
  esac
  arguments+=("$argument")
done
exec clippy-driver "${arguments[@]}"
