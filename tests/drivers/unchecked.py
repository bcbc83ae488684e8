"""A program whose resources are what resources.json says, with no SDK in between that would object.

Each has type, name and props; `{"of": NAME, "property": PROPERTY}` in props is that property of an earlier one.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pulumi

made: dict[str, pulumi.CustomResource] = {}


def linked(value: Any) -> Any:
    """The value with its references replaced by the outputs they name."""
    if isinstance(value, list):
        return [linked(item) for item in value]
    if isinstance(value, dict):
        if value.keys() == {"of", "property"}:
            return getattr(made[value["of"]], value["property"])
        return {name: linked(item) for name, item in value.items()}
    return value


for row in json.loads(Path("resources.json").read_text()):
    options = pulumi.ResourceOptions(version="3.55.1")
    made[row["name"]] = pulumi.CustomResource(row["type"], row["name"], linked(row["props"]), options)
