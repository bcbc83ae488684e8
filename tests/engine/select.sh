#!/bin/sh
# Prints the path of the `pulumi` that tests and demo run: the one that PULUMI names, else the one on PATH if it is at
# least the pinned version, else the one that `make engine` builds (the path is printed whether it is built or not).
set -eu

here=$(cd "$(dirname "$0")" && pwd)
pinned=$(sed -n 's|^[[:space:]]*github.com/pulumi/pulumi/pkg/v3 v\([0-9.]*\).*|\1|p' "$here/go.mod")

if [ -n "${PULUMI:-}" ]; then
    command -v "$PULUMI" && exit
    echo "PULUMI=$PULUMI is no command" >&2
    exit 1
fi
if installed=$(command -v pulumi); then
    version=$(PULUMI_SKIP_UPDATE_CHECK=true "$installed" version 2>/dev/null | sed 's/^v//; s/[^0-9.].*//')
    oldest=$(printf '%s\n' "$pinned" "$version" | sort -V | head -n 1)
    if [ -n "$version" ] && [ "$oldest" = "$pinned" ]; then
        echo "$installed"
        exit
    fi
fi
echo "${here%/tests/engine}/.engine/bin/pulumi"
