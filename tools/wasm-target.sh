#!/usr/bin/env bash
# Makes Rust able to compile for the browser, and writes to ENVIRONMENT the exports that doing so
# needs: none where rustup has the target.
# Usage: wasm-target.sh [--check] ENVIRONMENT
# With --check nothing is done: the exit code says whether this machine can do what ENVIRONMENT says.
set -euo pipefail
# Make's flags name a job server whose pipes a plain recipe does not inherit; rustc would complain.
unset MAKEFLAGS MFLAGS MAKELEVEL

only_check=false
if [ "$1" = --check ]; then
  only_check=true
  shift
fi
environment=$1
target=wasm32-unknown-unknown
rustup_timeout_seconds=300
tools=$(dirname "$(realpath "$0")")

mkdir -p "$(dirname "$environment")"

has_target() {
  compgen -G "$(rustc --print target-libdir --target "$target")/libstd-*.rlib" >/dev/null
}

if $only_check; then
  [ -e "$environment" ] || exit 1
  . "$environment"
  has_target
  exit
fi

if has_target || { timeout "$rustup_timeout_seconds" rustup target add "$target" && has_target; }; then
  : >"$environment"
  exit
fi

echo "rustup's servers are out of reach: building the target's standard library with Debian's compiler."
# Probed by their documentation: the programs' names are also those of an older compiler's packages.
packages=()
for package in rustc-web cargo-web rust-web-src rust-web-clippy lld-19; do
  packages+=("/usr/share/doc/$package=$package")
done
"$tools/packages.sh" "${packages[@]}"
rustup toolchain link debian /usr

exports="export RUSTUP_TOOLCHAIN=debian CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-19"
eval "$exports"

if ! has_target; then
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  mkdir "$scratch/src"
  : >"$scratch/src/lib.rs"
  printf '[package]\nname = "scratch"\nversion = "0.0.0"\nedition = "2024"\n' >"$scratch/Cargo.toml"
  # The standard library's sources build with a stable compiler only under this variable.
  (cd "$scratch" && RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$scratch/target" \
    /usr/bin/cargo build -Zbuild-std=std,panic_abort --target "$target" --release)
  rm -f "$scratch/target/$target/release/deps/libscratch-"*

  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  libraries=$(rustc --print target-libdir --target "$target")
  "${as_root[@]}" mkdir -p "$libraries"
  "${as_root[@]}" cp "$scratch/target/$target/release/deps/"lib*.rlib "$libraries/"
fi

has_target
echo "$exports" >"$environment"
