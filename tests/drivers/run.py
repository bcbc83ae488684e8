"""Previews or updates the stack `dev` of the current folder with a Python program, and prints what happened as JSON.

Usage: run.py preview|up PROJECT PROGRAM. The program runs as it is, in its own folder, as an inline program of the
Automation API: the engine's Python language host is not published as a module.
"""

from __future__ import annotations

import json
import runpy
import shutil
import sys
from contextlib import chdir, redirect_stdout
from enum import Enum
from pathlib import Path
from typing import Any

from pulumi import automation


def main() -> None:
    """Runs the operation; a failure of the program or the engine is an answer, not a failure of this driver."""
    operation, project, path = sys.argv[1], sys.argv[2], Path(sys.argv[3]).resolve()

    def program() -> None:
        with chdir(path.parent):
            runpy.run_path(str(path), run_name="__main__")

    # Its workspace is a folder of its own: the project of this one is in YAML, which it does not take.
    stack = automation.select_stack("dev", project, program)
    settings = Path("Pulumi.dev.yaml")
    if settings.exists():
        shutil.copy(settings, stack.workspace.work_dir)
    events: list[automation.EngineEvent] = []
    lines: list[str] = []
    run = {"preview": stack.preview, "up": stack.up}[operation]
    try:
        with redirect_stdout(sys.stderr):
            run(on_event=events.append, on_output=lines.append, color="never")
        ok = True
    except automation.CommandError as error:
        lines.append(str(error))
        ok = False
    answer = {"ok": ok, "events": [camel(event) for event in events], "text": "\n".join(lines)}
    json.dump(answer, sys.stdout)


def camel(value: Any) -> Any:
    """An engine event as the engine itself writes it: names in camel case, nothing that is not there."""
    if isinstance(value, list):
        return [camel(item) for item in value]
    if hasattr(value, "__dict__") and not isinstance(value, Enum):
        return {camel_case(name): camel(item) for name, item in vars(value).items() if item is not None}
    if isinstance(value, dict):
        return {str(getattr(name, "value", name)): camel(item) for name, item in value.items()}
    return getattr(value, "value", value)


def camel_case(name: str) -> str:
    """`resource_changes` as `resourceChanges`."""
    first, *rest = name.split("_")
    return first + "".join(map(str.title, rest))


if __name__ == "__main__":
    main()
