# The names that Pulumi people type. `make help` says what each does.
.DEFAULT_GOAL := help
.PHONY: help build thin test lint schema sdk demo install uninstall bench engine venv node clean needs

# The published SDK's version, by which the engine asks for the plugin.
VERSION ?= v3.55.1
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
PLUGIN_BUILD ?= $(shell git describe --always --dirty 2>/dev/null || echo dev)
build thin install bench: export PLUGIN_BUILD := $(PLUGIN_BUILD)

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

build: ## Build everything, for debugging
	cargo build --workspace

thin: ## Build the plugin, the local tenant and sdk-gen as the demo and the tests use them
	cargo build --profile thin -p pulumi-resource-auth0 -p auth0-local-tenant -p sdk-gen

test: thin engine venv node .sdk/go/.sdk-gen ## Run every test
	PULUMI=$$(tests/engine/select.sh) cargo test --workspace --no-fail-fast

lint: venv node .sdk/go/.sdk-gen ## Check formats, types, lints and docs
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps
	test -z "$$(gofmt -l tests examples/go | tee /dev/stderr)"
	for module in tests/engine tests/drivers/go examples/go; do \
		(cd $$module && go mod tidy -diff && CGO_ENABLED=0 go vet -trimpath ./...) || exit 1; done
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	for program in $(TYPESCRIPT); do examples/node_modules/.bin/tsc -p $$program || exit 1; done

schema: ## Write schema.json from the tables
	cargo run -p sdk-gen -- schema

sdk: $(SDKS:%=.sdk/%/.sdk-gen) ## Make the SDKs of schema.json for Go, Node and Python in .sdk

.sdk/%/.sdk-gen: $(SDK_SOURCES) | thin
	@target/thin/sdk-gen sdk $* --schema schema.json --out .sdk/$*

demo: needs ## Run examples/python against a local tenant, from preview to destroy (KEEP=1 leaves it up)
	@$(MAKE) -s thin engine venv
	@mkdir -p .demo && rm -f .demo/requests.jsonl
	@PULUMI=$$(tests/engine/select.sh) target/thin/auth0-local-tenant run --seed examples/demo-seed.json \
		--log .demo/requests.jsonl -- $(VENV) examples/demo.py

install: ## Install the release build as VERSION into your own Pulumi
	cargo build --release -p pulumi-resource-auth0
	pulumi plugin install resource auth0 $(VERSION) --file target/release/pulumi-resource-auth0 --reinstall

uninstall: ## Remove it from your own Pulumi
	pulumi plugin rm resource auth0 $(VERSION:v%=%) --yes

bench: thin engine venv ## Measure the release build: start, memory, size, requests
	cargo build --release -p pulumi-resource-auth0
	AUTH0_PLUGIN=target/release/pulumi-resource-auth0 PULUMI=$$(tests/engine/select.sh) cargo run --profile thin -p tests --bin bench

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
