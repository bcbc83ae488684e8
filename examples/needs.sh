#!/bin/sh
# Names what the demo needs and this machine lacks, with what to do about each; silent when nothing is missing.
# `needs.sh tests` names what the tests need too.
set -eu

missing=0
lacks() {
    printf 'missing: %s\n   to do: %s\n' "$1" "$2" >&2
    missing=1
}

command -v cargo >/dev/null || lacks 'cargo (Rust)' 'install rustup from https://rustup.rs; it takes the version from rust-toolchain.toml'
command -v cc >/dev/null || lacks 'cc (a C compiler and linker)' 'apt-get install gcc libc6-dev, or the like of your system'

python=$(command -v python3.11 || command -v python3 || true)
if [ -z "$python" ]; then
    lacks 'python3.11' 'apt-get install python3 python3-venv, or the like of your system (3.11 or later)'
elif ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    lacks "python 3.11 or later ($("$python" --version) is there)" 'install it so that python3.11 or python3 runs it'
elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    lacks "the venv module of $python" 'apt-get install python3-venv, or the like of your system'
fi

if [ "${1:-}" = tests ]; then
    if ! command -v node >/dev/null; then
        lacks 'node' 'install Node 20 or later from https://nodejs.org, with npm'
    elif ! node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)'; then
        lacks "node 20 or later ($(node --version) is there)" 'install it from https://nodejs.org'
    fi
    command -v go >/dev/null || lacks 'go, to make the SDK for Go and to run the program in Go' 'install Go 1.26 from https://go.dev/dl'
    command -v npm >/dev/null || lacks 'npm' 'install it with Node, or apt-get install npm'
fi

engine=$("$(dirname "$0")/../tests/engine/select.sh")
if [ "${1:-}" != tests ] && [ ! -x "$engine" ] && ! command -v go >/dev/null; then
    lacks 'go, to build the Pulumi engine' 'install Go 1.26 from https://go.dev/dl, or a Pulumi that is new enough from https://www.pulumi.com/docs/install'
fi

exit "$missing"
