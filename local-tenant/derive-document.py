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
from collections.abc import Iterator
from typing import Any

HERE = pathlib.Path(__file__).resolve().parent
DOCUMENT = HERE.parent.parent / "shared" / "data" / "auth0-management-api.openapi.json"
TABLE = HERE / "src" / "document" / "table.json"

# Members of an answer that tell of the page and not of what is listed.
PAGE = ("start", "limit", "total", "length", "next", "page", "per_page")

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
            row = {"method": method.upper(), "path": template}
            row["scopes"] = [s for entry in operation.get("security", []) for v in entry.values() for s in v]
            scopes.update(row["scopes"])
            query = {p["name"]: kept(p["schema"]) for p in operation.get("parameters", []) if p["in"] == "query"}
            wanted += refs(query)
            if query:
                row["query"] = query
            content = operation.get("requestBody", {}).get("content", {})
            if "application/json" in content:
                row["body"] = kept(content["application/json"]["schema"])
                wanted += refs(row["body"])
            row |= answer(operation["responses"], schemas)
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


def answer(responses: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """The status of success, the names of the members of what is answered, and how a list of it is wrapped."""
    status, response = next((int(s), r) for s, r in responses.items() if s.startswith("2"))
    schema = response.get("content", {}).get("application/json", {}).get("schema", {})
    forms = list(alternatives(schema, schemas))
    wrapped = [form for form in forms if form.get("properties") and wrapper(form, schemas)]
    lists = [form for form in forms if form.get("type") == "array"]
    row: dict[str, Any] = {"status": status}
    if lists or wrapped:
        pages = {key: member for form in wrapped for key, member in form["properties"].items()}
        row["list"] = {"bare": bool(lists), "with": sorted(key for key in pages if key in PAGE)}
        items = [form.get("items", {}) for form in lists]
        if wrapped:
            row["list"]["key"] = wrapper(wrapped[0], schemas)
            items += [resolved(pages[row["list"]["key"]], schemas).get("items", {})]
        forms = [form for item in items for form in alternatives(item, schemas)]
    names = sorted({key for form in forms for key in form.get("properties", {})})
    return row | ({"names": names} if names else {})


def wrapper(schema: dict[str, Any], schemas: dict[str, Any]) -> str | None:
    """The name of the array in an answer that holds nothing but one and what tells of the page."""
    members = [key for key in schema["properties"] if key not in PAGE]
    is_array = len(members) == 1 and resolved(schema["properties"][members[0]], schemas).get("type") == "array"
    return members[0] if is_array else None


def alternatives(schema: dict[str, Any], schemas: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The schemas that may stand for this one, references followed."""
    schema = resolved(schema, schemas)
    branches = [branch for key in ("oneOf", "anyOf", "allOf") for branch in schema.get(key, [])]
    for branch in branches:
        yield from alternatives(branch, schemas)
    if not branches or "properties" in schema:
        yield schema


def resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    return resolved(schemas[name(schema)], schemas) if "$ref" in schema else schema


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
