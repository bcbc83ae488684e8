# The names that Pulumi people type. `make help` says what each does.
.DEFAULT_GOAL := help
.PHONY: help build thin test lint deny schema sdk demo chaos install uninstall dist bench engine venv node clean needs

# The published SDK's version, by which the engine asks for the plugin; unless set, that which PROJECT uses.
VERSION ?=
PROJECT ?=
PYTHON := $(shell command -v python3.11 || command -v python3)
ENGINE := .engine/bin/pulumi
required = $(shell sed -n 's|^\t$(1) \(v[0-9.]*\).*|\1|p' tests/engine/go.mod)
SDK_VERSION := $(call required,github.com/pulumi/pulumi/sdk/v3)
YAML_VERSION := $(call required,github.com/pulumi/pulumi-yaml)
VENV := .venv/bin/python
# Their types are checked once, by lint; the tests run them many times.
TYPESCRIPT := examples/typescript examples/multi-language/grant
# The languages whose SDKs Pulumi's module can make without an installed Pulumi.
SDKS := go nodejs python
SDK_SOURCES := schema.json tests/engine/go.mod $(wildcard tests/engine/generate/*.go sdk-gen/src/sdk/*.rs)
# What the plugin calls its build, in its User-Agent; the tests' own builds need none and would be made anew with it.
PLUGIN_BUILD ?= $(shell git describe --always --dirty --abbrev=12 --exclude='*' 2>/dev/null || echo dev)
build thin install dist bench: export PLUGIN_BUILD := $(PLUGIN_BUILD)
# Where Cargo builds: CARGO_TARGET_DIR, its setting build.target-dir, or target. It is asked once, where that is needed.
BUILT = $(eval BUILT := $$(shell cargo metadata --no-deps --format-version 1 | \
	sed 's/.*"target_directory":"\([^"]*\)".*/\1/' | tr -s '\\' /))$(BUILT)
# What `make dist` builds for.
TARGET ?= $(shell rustc -vV | sed -n 's/^host: //; T; s/-linux-gnu$$/-linux-musl/; p')
EPOCH = $(shell git log -1 --format=%ct)
# Cargo's own tools, of these versions.
TOOLS ?= .tools
DENY := $(TOOLS)/cargo-deny-0.20.2/bin/cargo-deny
ABOUT := $(TOOLS)/cargo-about-0.9.3/bin/cargo-about
CYCLONEDX := $(TOOLS)/cargo-cyclonedx-0.5.9/bin/cargo-cyclonedx

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

build: ## Build everything, for debugging
	cargo build --workspace

thin: ## Build the plugin, the local tenant, sdk-gen and the framework's example as the demo and the tests use them
	cargo build --profile thin -p pulumi-resource-auth0 -p auth0-local-tenant -p sdk-gen -p pulumi-resource-filestore

test: thin engine venv node .sdk/go/.sdk-gen ## Run every test
	PULUMI=$$(tests/engine/select.sh) cargo test --workspace --no-fail-fast

lint: venv node .sdk/go/.sdk-gen deny ## Check formats, types, lints, docs and dependencies
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps
	test -z "$$(gofmt -l tests examples/go | tee /dev/stderr)"
	for module in tests/engine tests/drivers/go examples/go; do \
		(cd $$module && go mod tidy -diff && CGO_ENABLED=0 go vet -trimpath ./...) || exit 1; done
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	for program in $(TYPESCRIPT); do examples/node_modules/.bin/tsc -p $$program || exit 1; done

# Advisories change without a commit and come from elsewhere: the workflow checks those.
DENY_CHECKS ?= bans licenses sources
deny: $(DENY)
	$(DENY) check $(DENY_CHECKS)

schema: ## Write schema.json from the tables
	cargo run -p sdk-gen -- schema

sdk: $(SDKS:%=.sdk/%/.sdk-gen) ## Make the SDKs of schema.json for Go, Node and Python in .sdk

.sdk/%/.sdk-gen: $(SDK_SOURCES) | thin
	@$(BUILT)/thin/sdk-gen sdk $* --schema schema.json --out .sdk/$*

demo: needs ## Run examples/python against a local tenant, from preview to destroy (KEEP=1 leaves it up)
	@$(MAKE) -s thin engine venv
	@mkdir -p .demo && rm -f .demo/requests.jsonl
	@PULUMI=$$(tests/engine/select.sh) AUTH0_PLUGIN=$(BUILT)/thin/pulumi-resource-auth0 \
		$(BUILT)/thin/auth0-local-tenant run --seed examples/demo-seed.json \
		--log .demo/requests.jsonl -- $(VENV) examples/demo.py

chaos: export CHAOS_SIZE ?= 300
chaos: export CHAOS_SEEDS ?= 1
chaos: export CHAOS_RPC ?= 5000
chaos: thin engine ## Let one request in five fail, of 300 + 300 resources and of 10000 small stacks (CHAOS_SEED=7 repeats one)
	cargo test --profile thin -p pulumi-resource-auth0 --lib -- chaos::
	PULUMI=$$(tests/engine/select.sh) cargo test -p tests --test it -- chaos::

install: ## Install the release build into your own Pulumi, as VERSION= or as what PROJECT= uses
	cargo build --release -p pulumi-resource-auth0
	$(PYTHON) release/install.py install --project "$(PROJECT)" --version "$(VERSION)" $(BUILT)/release/pulumi-resource-auth0

uninstall: ## Remove it from your own Pulumi
	$(PYTHON) release/install.py uninstall --project "$(PROJECT)" --version "$(VERSION)"

# The same bytes for the same commit: no paths of the machine, no time but the commit's. What ring has of C uses none of
# libc but memory functions, so that the system's own compiler builds it for musl too.
dist: export SOURCE_DATE_EPOCH = $(EPOCH)
dist: export CARGO_TARGET_DIR = $(BUILT)
dist: export CARGO_INCREMENTAL = 0
dist: export CC_x86_64_unknown_linux_musl = cc
dist: export CC_aarch64_unknown_linux_musl = cc
dist: export CFLAGS = -ffile-prefix-map=$(CARGO_FOLDER)=/cargo
dist: export RUSTFLAGS = --remap-path-prefix=$(CURDIR)=/source --remap-path-prefix=$(BUILT)=/source/target \
	--remap-path-prefix=$(CARGO_FOLDER)=/cargo
dist: CARGO_FOLDER = $(or $(CARGO_HOME),$(HOME)/.cargo)
dist: $(ABOUT) $(CYCLONEDX) ## Pack the plugin for TARGET= with sums, licences and a bill of materials
	cargo build --release --locked --target $(TARGET) -p pulumi-resource-auth0
	mkdir -p $(BUILT)/dist
	$(ABOUT) generate --offline --locked --fail --target $(TARGET) --manifest-path provider/Cargo.toml \
		--config release/about.toml -o $(BUILT)/dist/THIRD-PARTY-LICENSES release/about.hbs
	$(CYCLONEDX) cyclonedx --manifest-path provider/Cargo.toml --target $(TARGET) --format json \
		--override-filename plugin.cdx
	sed 's|file://$(CURDIR)|file:///source|g' provider/plugin.cdx.json >$(BUILT)/dist/pulumi-resource-auth0-$(TARGET).cdx.json
	find . -maxdepth 2 -name plugin.cdx.json -delete
	$(PYTHON) release/dist.py --binary $(BUILT)/$(TARGET)/release/pulumi-resource-auth0$(if $(findstring windows,$(TARGET)),.exe) \
		--target $(TARGET) --build "$(PLUGIN_BUILD)" --epoch $(EPOCH) --out $(BUILT)/dist \
		LICENSE $(BUILT)/dist/THIRD-PARTY-LICENSES

# What is measured: process, requests, small, large; all where nothing is named.
BENCH ?=
bench: thin engine venv ## Measure the release build in a quarter of an hour, or what BENCH= names of it
	cargo build --release -p pulumi-resource-auth0
	AUTH0_PLUGIN=$(BUILT)/release/pulumi-resource-auth0 PULUMI=$$(tests/engine/select.sh) cargo run --profile thin -p tests --bin bench -- $(BENCH)

$(TOOLS)/cargo-%:
	cargo install --locked --root $(TOOLS)/$(firstword $(subst /, ,cargo-$*)) $(TOOL_FLAGS) \
		$(shell echo $(firstword $(subst /, ,cargo-$*)) | sed 's/-\([0-9.]*\)$$/@\1/')
$(ABOUT): TOOL_FLAGS = --features cli

engine: ## Get the Pulumi engine: PULUMI=, an installed one that is new enough, or a pinned build
	@case "$$(tests/engine/select.sh)" in $(CURDIR)/$(ENGINE)) $(MAKE) -s $(ENGINE);; esac

$(ENGINE): tests/engine/go.mod tests/engine/go.sum
	@echo "Building Pulumi $(SDK_VERSION) (a few minutes, once)"
	cd tests/engine && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w \
		-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=$(SDK_VERSION) \
		-X github.com/pulumi/pulumi-yaml/pkg/version.Version=$(YAML_VERSION)" -o $(CURDIR)/.engine/bin/ tool
	@touch $@

venv: .venv/.stamp ## Make .venv with the pinned Pulumi SDKs

.venv/.stamp: examples/python/requirements.lock tests/drivers/requirements.lock
	$$(command -v python3.11 || command -v python3) -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes \
		-r examples/python/requirements.lock -r tests/drivers/requirements.lock
	@touch $@

node: examples/node_modules/.stamp ## Make examples/node_modules with the pinned Pulumi SDKs

# Without install scripts: those of an SDK may fetch the published plugin.
examples/node_modules/.stamp: examples/package.json examples/package-lock.json $(TYPESCRIPT:%=%/package.json)
	cd examples && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

needs:
	@examples/needs.sh

clean: ## Remove what was built (the engine, .venv and node_modules stay)
	cargo clean
	rm -rf .demo .sdk
