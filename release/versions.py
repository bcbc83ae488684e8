"""Finds the versions of the published Auth0 SDK that a Pulumi project uses.

A version counts where it is certain: what is installed (a virtual environment, `node_modules`), what a lock file
names, and a declaration of exactly one version. A range says nothing about what the engine will ask for.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

# The version of the SDK that this provider tracks, and carries itself.
TRACKED = "3.55.1"
EXACT = re.compile(r"v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)$")
REQUIREMENT = re.compile(r"^\s*pulumi[-_.]auth0\s*===?\s*([^\s;#\\]+)", re.IGNORECASE | re.MULTILINE)
DIST_INFO = re.compile(r"pulumi_auth0-(.+)\.dist-info$")
GO_MODULE = re.compile(r"^\s*(?:require\s+)?github\.com/pulumi/pulumi-auth0/sdk(?:/v\d+)?\s+v(\S+)", re.MULTILINE)
# Of a Pulumi.yaml: `auth0: 3.55.1` and `auth0: auth0@3.55.1` below `packages`.
YAML_PACKAGE = re.compile(r"^\s+auth0:\s*[\"']?(?:auth0@)?v?([0-9][^\s\"'#]*)", re.MULTILINE)
# Of a Pulumi.yaml: where the runtime's virtual environment is, in a block or in braces.
VIRTUALENV = re.compile(
    r"^[^#\n]*[\s{,\"']virtualenv[\"']?:[ \t]*(?:\"([^\"\n]+)\"|'([^'\n]+)'|([^\s\"'#,}][^#,}\n]*))", re.MULTILINE
)
DOTNET = re.compile(r"Include=\"Pulumi\.Auth0\"\s+Version=\"\[?([^\"\]]+)\]?\"")


class Unreadable(Exception):
    """A file of the project that is not what its name says."""


def used_by(project: Path) -> dict[str, list[str]]:
    """The versions, without a `v`, each with the places that name it."""
    found: dict[str, list[str]] = {}
    for version, place in places(project):
        exact = EXACT.match(version.strip())
        if exact:
            found.setdefault(exact[1], []).append(os.path.relpath(place, project))
    return dict(sorted(found.items()))


def places(project: Path) -> Iterator[tuple[str, Path]]:
    """Each version that a file or folder of the project names, and which."""
    for environment in environments(project):
        for folder in sorted(environment.glob("lib*/python*/site-packages/pulumi_auth0-*.dist-info")):
            if name := DIST_INFO.match(folder.name):
                yield name[1], folder
    for path in sorted(project.glob("requirements*.*")):
        for version in REQUIREMENT.findall(text(path)):
            yield version, path
    for name in ("poetry.lock", "uv.lock"):
        for path in existing(project / name):
            for package in toml(path).get("package", []):
                if package.get("name") == "pulumi-auth0":
                    yield str(package.get("version", "")), path
    for path in existing(project / "pyproject.toml"):
        for requirement in toml(path).get("project", {}).get("dependencies", []):
            for version in REQUIREMENT.findall(str(requirement)):
                yield version, path
    yield from node(project)
    for pattern, expression in (("go.mod", GO_MODULE), ("Pulumi.y*ml", YAML_PACKAGE), ("*.csproj", DOTNET)):
        for path in sorted(project.glob(pattern)):
            for version in expression.findall(text(path)):
                yield version, path


def environments(project: Path) -> Iterator[Path]:
    """The virtual environments of Python: the one that Pulumi.yaml names, else those in the project's folder."""
    for path in sorted(project.glob("Pulumi.y*ml")):
        if named := VIRTUALENV.search(text(path)):
            yield project / next(filter(None, named.groups())).strip()
            return
    yield from (folder for folder in sorted(project.iterdir()) if folder.is_dir())


def node(project: Path) -> Iterator[tuple[str, Path]]:
    """What Node's files say."""
    for path in existing(project / "node_modules/@pulumi/auth0/package.json"):
        yield str(document(path).get("version", "")), path
    for path in existing(project / "package-lock.json"):
        package = document(path).get("packages", {}).get("node_modules/@pulumi/auth0", {})
        yield str(package.get("version", "")), path
    for path in existing(project / "package.json"):
        for kind in ("dependencies", "devDependencies"):
            yield str(document(path).get(kind, {}).get("@pulumi/auth0", "")), path


def existing(path: Path) -> list[Path]:
    """The path, if it is a file."""
    return [path] if path.is_file() else []


def text(path: Path) -> str:
    """What is in a file."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path} cannot be read: {error}") from None


def toml(path: Path) -> dict[str, object]:
    """What is in a TOML file."""
    try:
        return tomllib.loads(text(path))
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"{path} is not TOML: {error}") from None


def document(path: Path) -> dict[str, object]:
    """What is in a JSON file."""
    try:
        return json.loads(text(path))
    except json.JSONDecodeError as error:
        raise Unreadable(f"{path} is not JSON: {error}") from None
