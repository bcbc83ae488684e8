"""Puts the plugin into Pulumi's cache, in the place of the published one, or takes it out again.

Usage: install.py install|uninstall [--project FOLDER] [--version VERSION] [PLUGIN]. Without --version, the versions
are those of the Auth0 SDK that the project uses; without either, the one that this provider tracks.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import versions
from versions import TRACKED

NAME = "pulumi-resource-auth0"
BINARY = NAME + (".exe" if os.name == "nt" else "")


class Failure(Exception):
    """What went wrong, and what to do."""


def main() -> None:
    """Does what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("action", choices=["install", "uninstall", "versions"])
    parser.add_argument("plugin", nargs="?", type=Path)
    parser.add_argument("--project", default="")
    parser.add_argument("--version", default="")
    arguments = parser.parse_intermixed_args()
    try:
        wanted = wanted_versions(arguments.project, arguments.version)
        if arguments.action == "versions":
            print("\n".join(wanted))
        elif arguments.action == "uninstall":
            uninstall(wanted)
        elif arguments.plugin is None:
            raise Failure("which plugin? Name the binary to install")
        else:
            install(wanted, arguments.plugin)
    except (Failure, versions.Unreadable) as failure:
        sys.exit(f"error: {failure}")


def wanted_versions(project: str, version: str) -> list[str]:
    """The versions to be there, without a `v`."""
    if version:
        exact = versions.EXACT.match(version)
        if exact is None:
            raise Failure(f"VERSION={version} is not the version of an SDK, such as v{TRACKED}")
        return [exact[1]]
    if not project:
        return [TRACKED]
    folder = Path(project).expanduser()
    if not folder.is_dir():
        raise Failure(f"PROJECT={project} is not a folder")
    found = versions.used_by(folder)
    if not found:
        raise Failure(
            f"{folder} names no exact version of an Auth0 SDK, neither installed, nor locked, nor declared;"
            f" install the project's dependencies first, or say which: VERSION=v{TRACKED}"
        )
    for used, named_in in found.items():
        print(f"{folder} uses {used} ({', '.join(named_in)})", file=sys.stderr)
    return list(found)


def install(wanted: list[str], plugin: Path) -> None:
    """Installs the plugin as each of the versions, and makes sure that the engine will run it."""
    identity = identity_of(plugin)
    pulumi = command()
    cache = writable_cache()
    for version in wanted:
        arguments = ["plugin", "install", "resource", "auth0", f"v{version}", "--file", str(plugin), "--reinstall"]
        ran = subprocess.run([pulumi, *arguments], capture_output=True, text=True, check=False)
        if ran.returncode != 0:
            raise Failure(
                f"pulumi {' '.join(arguments)}: {ran.stderr.strip()}\n"
                f"v{version} may be gone from the cache now; installing again brings it back"
            )
        verify(cache / f"resource-auth0-v{version}", version, plugin, identity)
        print(f"v{version}: {NAME} {identity} is in {cache}")
    warn_of_path(plugin)


def verify(folder: Path, version: str, plugin: Path, identity: str) -> None:
    """Makes sure that what the engine will take from the cache as this version is the plugin."""
    cached = folder / BINARY
    if Path(f"{folder}.partial").exists() or not cached.is_file():
        raise Failure(f"{cached} is not there, or not whole: install again")
    if cached.read_bytes() != plugin.read_bytes():
        raise Failure(f"{cached} is another plugin than {plugin}: does something else install plugins just now?")
    if identity_of(cached) != identity:
        raise Failure(f"{cached} is not {identity}")
    # To the engine, versions that differ after the `+` are the same; it takes the last of them by name.
    others = [other.name for other in folder.parent.glob(f"{folder.name}+*") if other.is_dir()]
    if others:
        raise Failure(
            f"the engine would take {', '.join(others)} instead;"
            f" `pulumi plugin rm resource auth0 {version} --yes` removes all of them, then install again"
        )


def warn_of_path(plugin: Path) -> None:
    """Says where a plugin on PATH goes before what was installed."""
    ambient = shutil.which(NAME)
    ignored = os.environ.get("PULUMI_IGNORE_AMBIENT_PLUGINS", "").lower() in ("1", "true")
    if ambient and not ignored and Path(ambient).read_bytes() != plugin.read_bytes():
        print(f"warning: Pulumi takes {ambient} on your PATH before any that is installed", file=sys.stderr)


def uninstall(wanted: list[str]) -> None:
    """Takes the plugin out of the cache."""
    pulumi = command()
    for version in wanted:
        cached = cache_folder() / f"resource-auth0-v{version}"
        if not cached.exists():
            print(f"v{version} is not in {cached.parent}: nothing to remove")
            continue
        ran = subprocess.run(
            [pulumi, "plugin", "rm", "resource", "auth0", version, "--yes"], capture_output=True, text=True, check=False
        )
        if ran.returncode != 0 or cached.exists():
            raise Failure(f"v{version} could not be removed: {ran.stderr.strip()}")
        print(
            f"v{version}: removed. The next `pulumi` command that needs it downloads the published plugin;"
            f"\n`pulumi plugin install resource auth0 v{version}` does so at once."
        )


def identity_of(plugin: Path) -> str:
    """What a plugin of ours says with --version."""
    if not plugin.is_file():
        raise Failure(f"{plugin} is not there")
    try:
        ran = subprocess.run([plugin.absolute(), "--version"], capture_output=True, text=True, check=False, timeout=10)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Failure(f"{plugin} does not run here: {error}") from None
    identity = ran.stdout.strip()
    if ran.returncode != 0 or " (build " not in identity:
        raise Failure(f"{plugin} is not a plugin of ours: its --version names no build ({identity!r})")
    return identity


def command() -> str:
    """The Pulumi to install into."""
    pulumi = shutil.which("pulumi")
    if pulumi is None:
        raise Failure("there is no `pulumi` on your PATH: see https://www.pulumi.com/docs/install")
    return pulumi


def cache_folder() -> Path:
    """The folder where Pulumi keeps plugins."""
    return Path(os.environ.get("PULUMI_HOME") or Path.home() / ".pulumi") / "plugins"


def writable_cache() -> Path:
    """The same, made sure that it can be written before anything in it is touched."""
    cache = cache_folder()
    try:
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=cache):
            return cache
    except OSError as error:
        raise Failure(f"{cache} cannot be written ({error.strerror}): see PULUMI_HOME") from None


if __name__ == "__main__":
    main()
