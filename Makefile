# Two commands: `make run` opens the store, `make test` proves it. Both install what they need.
# `make help` lists the rest.

.DELETE_ON_ERROR:
.SUFFIXES:
SHELL := /bin/bash
MAKEFLAGS += --no-builtin-rules --no-print-directory --silent

export CARGO_TARGET_DIR := $(abspath $(or $(CARGO_TARGET_DIR),target))
export CARGO_TERM_COLOR := never
export CARGO_TERM_PROGRESS_WHEN := never

TARGET := $(CARGO_TARGET_DIR)
WORK   := $(TARGET)/make
SITE   := $(TARGET)/site
DATA   := data
BIN    := $(TARGET)/release/cartograph
STEP   := tools/step.sh $(WORK)/logs

# What a first visit downloads, after brotli, and what a phone has to read of it.
WASM_AND_JS_LIMIT_BYTES     := 120000
WASM_AND_JS_RAW_LIMIT_BYTES := 380000
# What rustc and wasm-bindgen use and every current browser has; `--all-features` would emit more.
WASM_FEATURES := --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext \
  --enable-mutable-globals --enable-reference-types --enable-multivalue

# Everything native is built in one profile and with one set of features, which is what cargo works
# out for these three together: SurrealDB is compiled once, whoever asks.
ROOMS := -p domain -p app -p server

MANIFESTS      := Cargo.toml Cargo.lock $(wildcard */Cargo.toml end2end/*/Cargo.toml)
NATIVE_SOURCES := $(MANIFESTS) $(shell find domain app server -not -path 'app/public*')
WASM_SOURCES   := $(MANIFESTS) $(shell find domain/src app/src frontend/src)
LOAD_SOURCES   := $(MANIFESTS) $(shell find end2end/load)
SITE_SOURCES   := tools/site.mjs $(shell find style app/public 2>/dev/null)
SPECS          := $(wildcard end2end/*.ts end2end/*.json end2end/*.csv)
# Real catalogs, where they are: see server/tests/support/real_data.rs.
REAL_DATA      := $(wildcard $(or $(CARTOGRAPH_TEST_CATALOGS),../shared/data)/*)

WASM_BINDGEN_VERSION := $(shell sed -n 's/^wasm-bindgen = "=\(.*\)"/\1/p' Cargo.toml)
WASM_BINDGEN_ROOT    := $(TARGET)/tools/wasm-bindgen-$(WASM_BINDGEN_VERSION)
WASM_BINDGEN         := $(WASM_BINDGEN_ROOT)/bin/wasm-bindgen
WASM_ENVIRONMENT     := $(WORK)/wasm.env
IN_WASM_ENVIRONMENT  := env BASH_ENV=$(WASM_ENVIRONMENT) bash -c
NPM_PACKAGES         := end2end/node_modules/.package-lock.json

FRONTEND_WASM := $(TARGET)/wasm32-unknown-unknown/wasm/frontend.wasm
OPTIMIZED     := $(TARGET)/pkg/cartograph.wasm
SITE_READY    := $(SITE)/assets.txt

.PHONY: help run test check proofs bench load store orders imports clean always packages chromium postgresql curl built browser-built \
  format lint absence rooms simulate browser sizes

help:
	@echo 'make run     build what changed, open the store on $(DATA)/ (first with a demo catalog); ARGS="…" is passed on'
	@echo 'make test    everything that is checked: format, lints, walls, tests of the rooms, browser tests, sizes'
	@echo 'make check   the quick part of it: format, lints, walls'
	@echo 'make rooms   the tests of domain, app and server, and make browser those of the pages: again, though nothing changed'
	@echo 'make proofs  that stock and money add up, at length: 100 power cuts and a minute without a gateway; ROUNDS=N for more'
	@echo 'make bench   the Criterion benches; ARGS="…" is passed on, as "--bench search" with CARTOGRAPH_BENCH_PRODUCTS=1000000'
	@echo 'make load    the load driver against a running store; ARGS="--host http://127.0.0.1:3000 …"'
	@echo 'make store   start, shoppers and memory of a store in a folder filled by `cartograph demo`; ARGS="FOLDER [USERS [SECONDS …]]"'
	@echo 'make orders  orders a second, on a copy of a folder filled by `cartograph demo`; ARGS="FOLDER [RATE [SECONDS …]]"'
	@echo 'make imports how long a feed of 10,000 products takes, and how much memory one of 100,000'
	@echo 'make clean   remove site, tools and logs; leaves compiled crates and $(DATA)/'
	@echo 'Builds go to $(TARGET) (CARGO_TARGET_DIR).'

run: built
	@exec $(BIN) serve --demo-if-empty --data $(DATA) --site $(SITE) $(ARGS)

# The order tells the quick failures first; what must be built is built once, before the tests.
test: format
	@[ -e $(BIN) ] || echo '  The first build compiles SurrealDB: about an hour on two cores.'
	@$(MAKE) --jobs=2 $(BIN) browser-built
	@$(MAKE) lint absence $(WORK)/rooms-passed simulate $(WORK)/browser-passed sizes
	@tools/passed.sh $(WORK)/logs/tests-of-the-rooms.log $(WORK)/logs/browser-tests.log

check: format lint absence

# Two steps at a time: the server's long build leaves room for the tools and the browser's part.
built:
	@[ -e $(BIN) ] || echo '  The first build compiles SurrealDB: about an hour on two cores.'
	@$(MAKE) --jobs=2 $(BIN) $(SITE_READY)

# ---- tools -------------------------------------------------------------------------------------

# Asked each time, for what was compiled may outlive the machine that the packages are on.
PACKAGES := c++=g++ make=make '/usr/lib/llvm-*/lib/libclang.so*=libclang-dev'
BROWSER  := /usr/bin/chromium-headless-shell=chromium-headless-shell '/usr/share/fonts/truetype/liberation*=fonts-liberation'
DATABASE := '/usr/lib/postgresql/*/bin/initdb=postgresql'

always:

packages:
	@tools/packages.sh --check $(PACKAGES) || $(STEP) 'system packages' tools/packages.sh $(PACKAGES)

chromium: | packages
	@tools/packages.sh --check $(BROWSER) || $(STEP) 'chromium' tools/packages.sh $(BROWSER)

postgresql: | packages
	@tools/packages.sh --check $(DATABASE) || $(STEP) 'postgresql' tools/packages.sh $(DATABASE)

curl: | packages
	@tools/packages.sh --check curl=curl || $(STEP) 'curl' tools/packages.sh curl=curl

$(WASM_ENVIRONMENT): always | packages
	@tools/wasm-target.sh --check $@ || $(STEP) 'wasm target' tools/wasm-target.sh $@

$(WASM_BINDGEN): | packages
	@$(STEP) 'wasm-bindgen $(WASM_BINDGEN_VERSION)' tools/wasm-bindgen.sh $(WASM_BINDGEN_VERSION) $(WASM_BINDGEN_ROOT)

$(NPM_PACKAGES): end2end/package.json end2end/package-lock.json
	@$(STEP) 'npm packages' npm ci --prefix end2end --no-audit --no-fund
	@touch $@

$(WORK)/rust-components: | packages
	@$(STEP) 'rustfmt and clippy' bash -c \
	  '(rustfmt --version && clippy-driver --version) || rustup component add rustfmt clippy'
	@touch $@

# ---- what is built -----------------------------------------------------------------------------

$(BIN): $(NATIVE_SOURCES) | packages
	@$(STEP) 'server' cargo build --locked --release -p server --bin cartograph
	@touch $@

$(FRONTEND_WASM): $(WASM_SOURCES) $(WASM_ENVIRONMENT)
	@$(STEP) 'browser part' $(IN_WASM_ENVIRONMENT) \
	  'cargo build --locked -p frontend --profile wasm --target wasm32-unknown-unknown'
	@touch $@

$(OPTIMIZED): $(FRONTEND_WASM) $(WASM_BINDGEN) $(NPM_PACKAGES)
	@rm -rf $(@D)
	@$(STEP) 'wasm-bindgen' $(WASM_BINDGEN) --target web --no-typescript \
	  --out-name cartograph --out-dir $(@D) $(FRONTEND_WASM)
	@$(STEP) 'wasm-opt' end2end/node_modules/.bin/wasm-opt -Oz $(WASM_FEATURES) $(@D)/cartograph_bg.wasm -o $@

$(SITE_READY): $(OPTIMIZED) $(SITE_SOURCES) $(NPM_PACKAGES)
	@$(STEP) 'site: style, names, compression' node tools/site.mjs $(<D) $(SITE)

$(WORK)/load: $(LOAD_SOURCES) | packages
	@$(STEP) 'load driver' cargo build --locked --release -p load
	@touch $@

$(WORK)/tests-compiled: $(NATIVE_SOURCES)
	@$(STEP) 'tests, compiled' cargo test --locked --release $(ROOMS) --no-run
	@touch $@

browser-built: $(SITE_READY) chromium $(WORK)/types

# ---- what is checked ---------------------------------------------------------------------------

format: $(WORK)/rust-components
	@$(STEP) 'format' cargo fmt --all --check

lint: $(WORK)/lint $(WORK)/lint-wasm $(WORK)/lint-load

LINT := CLIPPY_ARGS=-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__ \
  RUSTC_WORKSPACE_WRAPPER=$(CURDIR)/tools/lint.sh

$(WORK)/lint: $(NATIVE_SOURCES) tools/lint.sh clippy.toml $(WORK)/rust-components
	@$(STEP) 'lints' env $(LINT) cargo build --locked --release $(ROOMS) --all-targets
	@touch $@

$(WORK)/lint-load: $(LOAD_SOURCES) tools/lint.sh clippy.toml $(WORK)/rust-components
	@$(STEP) 'lints of the load driver' env $(LINT) cargo build --locked --release -p load --all-targets
	@touch $@

$(WORK)/lint-wasm: $(WASM_SOURCES) tools/lint.sh clippy.toml $(WORK)/rust-components $(WASM_ENVIRONMENT)
	@$(STEP) 'lints of the browser part' env $(LINT) $(IN_WASM_ENVIRONMENT) \
	  'cargo build --locked -p frontend --profile wasm --target wasm32-unknown-unknown'
	@touch $@

absence: $(WASM_ENVIRONMENT)
	@$(STEP) 'walls between the rooms' $(IN_WASM_ENVIRONMENT) tools/absence.sh

$(WORK)/types: $(SPECS) $(NPM_PACKAGES)
	@$(STEP) 'types of the browser tests' npm run --prefix end2end types
	@touch $@

# What passed counts from when it was begun: what changes while it runs is not proved by it.
BEGUN  = rm -f $(WORK)/$@-passed && touch $(WORK)/$@-begun
PASSED = mv $(WORK)/$@-begun $(WORK)/$@-passed

rooms: $(WORK)/tests-compiled postgresql
	@$(BEGUN)
	@$(STEP) 'tests of the rooms' cargo test --locked --release $(ROOMS) --no-fail-fast
	@$(PASSED)

# Each runs in `make test` as well, shorter.
PROOFS := five_hundred_shoppers fifty_presses power_cut_in_a_rush outage:: full_disk:: clock:: challenge:: whoever_tells

proofs: $(WORK)/tests-compiled postgresql
	@$(STEP) 'proofs of stock and money' env CARTOGRAPH_CRASH_ROUNDS=$(or $(ROUNDS),100) CARTOGRAPH_OUTAGE_SECONDS=60 \
	  cargo test --locked --release $(ROOMS) --test store -- --nocapture $(PROOFS)

simulate: $(BIN)
	@$(STEP) 'simulation of 20,000 seeds' $(BIN) simulate --seeds 20000

browser: $(BIN) browser-built
	@$(BEGUN)
	@$(STEP) 'browser tests' env CARTOGRAPH_BIN=$(BIN) CARTOGRAPH_SITE=$(SITE) npm test --prefix end2end
	@$(PASSED)

# Tests that passed are not run again by `make test` until something changed that they ran on;
# `make rooms` and `make browser` run them whatever passed before.
$(WORK)/rooms-passed: $(WORK)/tests-compiled $(REAL_DATA) $(WORK)/real-data
	@$(MAKE) rooms

$(WORK)/browser-passed: $(BIN) $(SITE_READY) $(SPECS) $(NPM_PACKAGES) $(REAL_DATA) $(WORK)/real-data
	@$(MAKE) browser

# Catalogs that come or go may be older than what passed.
$(WORK)/real-data: always
	@echo '$(REAL_DATA)' | cmp -s - $@ || echo '$(REAL_DATA)' >$@

sizes: $(SITE_READY)
	@tools/sizes.sh $(SITE) $(WASM_AND_JS_LIMIT_BYTES) $(WASM_AND_JS_RAW_LIMIT_BYTES)

bench: | packages
	cargo bench --locked --profile release $(ROOMS) $(ARGS)

load: $(WORK)/load
	@$(TARGET)/release/load $(ARGS)

store: $(WORK)/load built curl
	@CARTOGRAPH_BIN=$(BIN) CARTOGRAPH_SITE=$(SITE) LOAD_BIN=$(TARGET)/release/load PAGES_BIN=$(TARGET)/release/pages \
	  end2end/load/store.sh $(ARGS)

orders: $(WORK)/load built
	@CARTOGRAPH_BIN=$(BIN) CARTOGRAPH_SITE=$(SITE) ORDERS_BIN=$(TARGET)/release/orders end2end/load/orders.sh $(ARGS)

imports: $(BIN)
	@CARTOGRAPH_BIN=$(BIN) end2end/load/import.sh $(ARGS)

clean:
	rm -rf $(SITE) $(TARGET)/pkg $(TARGET)/tools $(WORK) end2end/node_modules end2end/test-results
	@echo 'Left: compiled crates in $(TARGET) (cargo clean removes them) and the store in $(DATA)/.'
