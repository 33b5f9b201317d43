#!/usr/bin/env bash
# Puts wasm-bindgen's command line, in exactly the version that the crate is pinned to, at ROOT/bin.
# Usage: wasm-bindgen.sh VERSION ROOT
set -euo pipefail

version=$1 root=$2

if [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $version" ]; then
  mkdir -p "$root/bin"
  ln -sf "$(command -v wasm-bindgen)" "$root/bin/wasm-bindgen"
  exit
fi

# Unoptimized it compiles in a fraction of the time, and what it does here takes seconds either way.
CARGO_TARGET_DIR=$root/build CARGO_PROFILE_DEV_DEBUG=0 \
  cargo install wasm-bindgen-cli --version "=$version" --debug --bin wasm-bindgen --root "$root"
rm -rf "$root/build"
