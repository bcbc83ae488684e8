#!/usr/bin/env python3
"""Writes src/document/table.json from Auth0's document of the Management API.

The document is not redistributed: it is read from ../../shared/data (or from the path given as the last
argument), and what is kept are names, types and limits. Descriptions, examples and `default` keywords are
dropped; the defaults of the document are not those of the server.

    python3 local-tenant/derive-document.py            # writes the table
    python3 local-tenant/derive-document.py --check    # fails where the table is not what would be written
"""

import json
import pathlib
import sys
from typing import Any

HERE = pathlib.Path(__file__).resolve().parent
DOCUMENT = HERE.parent.parent / "shared" / "data" / "auth0-management-api.openapi.json"
TABLE = HERE / "src" / "document" / "table.json"

COLLECTIONS = ("/clients", "/client-grants", "/resource-servers")

# Keywords of a schema that constrain a value. Everything else is prose or release bookkeeping.
KEPT = (
    "$ref",
    "type",
    "enum",
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "required",
)


def main() -> None:
    paths = [argument for argument in sys.argv[1:] if argument != "--check"]
    path = pathlib.Path(paths[0]) if paths else DOCUMENT
    document = json.loads(path.read_text())
    schemas = document["components"]["schemas"]
    operations, wanted, scopes = [], [], set()
    for template, methods in document["paths"].items():
        for method, operation in methods.items():
            if not isinstance(operation, dict):
                continue
            needed = [s for entry in operation.get("security", []) for v in entry.values() for s in v]
            scopes.update(needed)
            if not template.startswith(COLLECTIONS):
                continue
            row = {"method": method.upper(), "path": template, "scopes": needed}
            query = {p["name"]: kept(p["schema"]) for p in operation.get("parameters", []) if p["in"] == "query"}
            wanted += refs(query)
            if query:
                row["query"] = query
            content = operation.get("requestBody", {}).get("content", {})
            if "application/json" in content:
                row["body"] = name(content["application/json"]["schema"])
                wanted.append(row["body"])
            operations.append(row)
    table = {}
    while wanted:
        schema = wanted.pop()
        if schema not in table:
            table[schema] = kept(schemas[schema])
            wanted += refs(table[schema])
    text = written(operations, sorted(scopes), table)
    if "--check" in sys.argv:
        sys.exit(None if TABLE.read_text() == text else f"{TABLE} is not what {path} gives")
    TABLE.write_text(text)
    print(f"{len(operations)} operations, {len(scopes)} scopes, {len(table)} schemas")


def name(schema: dict[str, Any]) -> str:
    return schema["$ref"].rsplit("/", 1)[1]


def kept(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with what constrains a value, references shortened to the name of their schema."""
    out = {k: schema[k] for k in KEPT if k in schema}
    if "$ref" in out:
        return {"$ref": name(out)}
    if "properties" in schema:
        out["properties"] = {k: kept(v) for k, v in schema["properties"].items()}
    for key in ("items", "additionalProperties"):
        if key in schema and schema[key] is not True:
            out[key] = kept(schema[key]) if isinstance(schema[key], dict) else schema[key]
    for key in ("oneOf", "anyOf", "allOf"):
        if key in schema:
            out[key] = [kept(v) for v in schema[key]]
    return out


def refs(value: Any) -> list[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            return [value["$ref"]]
        return [r for v in value.values() for r in refs(v)]
    if isinstance(value, list):
        return [r for v in value for r in refs(v)]
    return []


def written(operations: list[Any], scopes: list[str], schemas: dict[str, Any]) -> str:
    """One operation, one scope and one property to a line, so that a newer document shows as a readable change."""

    def flat(value: Any) -> str:
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)

    lines = ["{", '"operations":[']
    lines += [flat(row) + "," for row in operations[:-1]] + [flat(operations[-1]), "],", '"scopes":[']
    lines += [flat(scope) + "," for scope in scopes[:-1]] + [flat(scopes[-1]), "],", '"schemas":{']
    blocks = []
    for key in sorted(schemas):
        schema = dict(schemas[key])
        properties = schema.pop("properties", None)
        if not properties:
            blocks.append(f"{flat(key)}:{flat(schemas[key])}")
            continue
        head = flat(schema)[:-1] + ("," if schema else "") + '"properties":{'
        rows = ",\n".join(f" {flat(k)}:{flat(v)}" for k, v in properties.items())
        blocks.append(f"{flat(key)}:{head}\n{rows}}}}}")
    lines += [",\n".join(blocks), "}", "}"]
    return "\n".join(lines) + "\n"


main()
