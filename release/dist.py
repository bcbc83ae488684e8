"""Packs one build of the plugin as Pulumi's engine asks for it: the same bytes for the same binary.

Usage: dist.py --binary FILE --target TRIPLE --build NAME --epoch SECONDS --out FOLDER FILE... The further files go
into the archive beside the binary. A binary that is too big, not static on Linux, or of another build is refused.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import subprocess
import sys
import tarfile
from pathlib import Path

from versions import TRACKED

NAME = "pulumi-resource-auth0"
LIMIT = 8_000_000
SYSTEMS = {"linux": "linux", "apple": "darwin", "windows": "windows"}
MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}


class Refused(Exception):
    """Why a binary is not packed."""


def main() -> None:
    """Checks, packs, and writes the sums of all archives that are there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for option in ("--binary", "--target", "--build", "--epoch", "--out"):
        parser.add_argument(option, required=True)
    parser.add_argument("files", nargs="*", type=Path)
    arguments = parser.parse_args()
    binary, out = Path(arguments.binary), Path(arguments.out)
    try:
        system, machine = place(arguments.target)
        check(binary, system, arguments.build)
        out.mkdir(parents=True, exist_ok=True)
        name = NAME + (".exe" if system == "windows" else "")
        contents = {name: (binary, 0o755)} | {path.name: (path, 0o644) for path in arguments.files}
        archive = out / f"{NAME}-v{TRACKED}-{system}-{machine}.tar.gz"
        archive.write_bytes(packed(contents, int(arguments.epoch)))
    except (Refused, OSError) as reason:
        sys.exit(f"error: {reason}")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(out.glob("*.tar.gz"))]
    (out / "SHA256SUMS").write_text("".join(lines), newline="\n")
    print(f"{archive}: {archive.stat().st_size:,} bytes, binary {binary.stat().st_size:,} bytes")


def place(target: str) -> tuple[str, str]:
    """What Pulumi calls the system and the machine of a Rust target."""
    machine, *rest = target.split("-")
    system = next((name for part, name in SYSTEMS.items() if part in rest), None)
    if system is None or machine not in MACHINES:
        raise Refused(f"Pulumi has no plugins for {target}")
    return system, MACHINES[machine]


def check(binary: Path, system: str, build: str) -> None:
    """Refuses what must not be released."""
    if build.endswith("-dirty"):
        print(f"warning: {build} has changes that are in no commit", file=sys.stderr)
    size = binary.stat().st_size
    if size >= LIMIT:
        raise Refused(f"{binary} has {size:,} bytes; it must have fewer than {LIMIT:,}")
    if system == "linux":
        for option, mark in (("-lW", "INTERP"), ("-dW", "(NEEDED)")):
            shown = subprocess.run(
                ["readelf", option, binary], capture_output=True, text=True, check=True, env={"LC_ALL": "C"}
            )
            if mark in shown.stdout:
                raise Refused(f"{binary} is not static: readelf {option} shows {mark}")
    try:
        ran = subprocess.run([binary.absolute(), "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Refused(f"{binary} does not run here, and is packed only where it does: {error}") from None
    said = ran.stdout.strip()
    expected = f"{TRACKED} (build {build})"
    if said != expected:
        raise Refused(f"{binary} says {said!r}, not {expected!r}")


def packed(contents: dict[str, tuple[Path, int]], epoch: int) -> bytes:
    """The files as a gzipped tar, in order of their names, of nobody, all of one time."""
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, (path, mode) in sorted(contents.items()):
            data = path.read_bytes()
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode, entry.mtime = len(data), mode, epoch
            archive.addfile(entry, io.BytesIO(data))
    return gzip.compress(tar.getvalue(), compresslevel=9, mtime=0)


if __name__ == "__main__":
    main()
