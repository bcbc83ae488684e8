"""Runs the program in examples/python, as it is, from preview to destroy against a local tenant.

`make demo` builds what this needs and runs it inside `auth0-local-tenant run`, which sets AUTH0_DOMAIN,
AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET. With KEEP=1 the stack stays up until Ctrl-C; meanwhile
`examples/demo.py preview`, `up` and `destroy` do one step by hand.
"""

from __future__ import annotations

import base64
import json
import os
import runpy
import shlex
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import Any

from pulumi import automation

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "examples" / "python"
WORK = ROOT / ".demo"
PROJECT = WORK / "project"
REQUESTS = WORK / "requests.jsonl"
PLUGIN = Path(os.environ.get("AUTH0_PLUGIN", ROOT / "target/thin/pulumi-resource-auth0"))
SDK_VERSION = "v3.55.1"
AUDIENCE = "https://myapi.example.com/"
TENANT = ("AUTH0_DOMAIN", "AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET")


class Failure(Exception):
    """What went wrong, in words for the person who watches."""


def main() -> None:
    """Runs the whole demo, or the one step that the command line names."""
    try:
        step = sys.argv[1] if len(sys.argv) > 1 else "demo"
        environment = engine_environment()
        os.environ.update(environment)
        if step == "demo":
            demo(environment)
        elif step in ("preview", "up", "destroy"):
            getattr(open_stack(), step)(on_output=show)
        else:
            raise Failure(f"no such step: {step} (preview, up, destroy, or none for all)")
    except Failure as failure:
        sys.exit(f"\ndemo failed: {failure}")
    except automation.CommandError as error:
        sys.exit(f"\ndemo failed: {error}")


def demo(environment: dict[str, str]) -> None:
    """Every step in turn; each must do what it says, else the demo fails."""
    began = time.monotonic()
    with step("install the plugin"):
        shutil.rmtree(PROJECT, ignore_errors=True)
        shutil.rmtree(WORK / "state", ignore_errors=True)
        shutil.rmtree(WORK / "home", ignore_errors=True)
        (WORK / "state").mkdir(parents=True)
        pulumi("plugin", "install", "resource", "auth0", SDK_VERSION, "--file", str(PLUGIN))
        stack = open_stack()
        say(f"{pulumi('version')} with {PLUGIN.name} as {SDK_VERSION}, tenant at {tenant('AUTH0_DOMAIN')}")

    with step("preview"):
        plan = stack.preview(on_output=show)
        expect(plan.change_summary.get("create") == 3, f"3 creates, got {plan.change_summary}")

    with step("up"):
        outputs = stack.up(on_output=show).outputs
        client_id, grant_id = outputs["client_id"].value, outputs["client_grant_id"].value
        say(f"client_id        {client_id}")
        say(f"client_grant_id  {grant_id}")

    with step("get an access token as the new client"):
        credentials = management(f"clients/{client_id}")
        answer = token(client_id, credentials["client_secret"], AUDIENCE)
        for name, value in claims(answer["access_token"]).items():
            say(f"{name:<12} {value}")
        say(f"granted      {answer.get('scope', '')}")
        granted = set(answer.get("scope", "").split())
        expect(granted == {"read:data", "write:data"}, f"read:data and write:data, got {granted}")

    with step("preview again: nothing to change"):
        plan = stack.preview(on_output=show)
        expect(set(plan.change_summary) == {"same"}, f"no changes, got {plan.change_summary}")

    if os.environ.get("KEEP", "0") not in ("", "0"):
        keep(environment)
        return

    with step("destroy"):
        stack.destroy(on_output=show)
        expect(management("clients?fields=client_id&is_global=false", find=client_id) is None, "the client to be gone")

    with step("look at who asked the tenant"):
        asked = provider_requests()
        for request in asked:
            say(f"{request['method']:<6} {request['path']}  {request['status']}")
        say(f"{len(asked)} requests, all by {asked[0]['user_agent']}")

    print(f"\nDone in {time.monotonic() - began:.0f} s.")


def open_stack() -> automation.Stack:
    """The stack `demo`, whose program is examples/python/__main__.py, run in its own folder."""

    def program() -> None:
        with chdir(PROGRAM):
            runpy.run_path("__main__.py", run_name="__main__")

    PROJECT.mkdir(parents=True, exist_ok=True)
    runtime = {"name": "python", "options": {"toolchain": "pip", "virtualenv": str(ROOT / ".venv")}}
    project = {"name": "ai-client", "runtime": runtime, "main": str(PROGRAM)}
    (PROJECT / "Pulumi.yaml").write_text(json.dumps(project, indent=2))
    options = automation.LocalWorkspaceOptions(work_dir=str(PROJECT))
    return automation.create_or_select_stack("demo", "ai-client", program, opts=options)


def engine_environment() -> dict[str, str]:
    """What keeps the demo apart from the user's own Pulumi: its home, its backend, its plugins."""
    selected = subprocess.run([ROOT / "tests/engine/select.sh"], capture_output=True, text=True, check=False)
    engine = selected.stdout.strip()
    if not engine or not Path(engine).exists():
        raise Failure(selected.stderr.strip() or "there is no Pulumi engine yet: run `make engine`")
    if not PLUGIN.exists():
        raise Failure("the plugin is not built yet: run `make thin`")
    return {
        "PATH": f"{Path(engine).parent}{os.pathsep}{os.environ['PATH']}",
        "PULUMI_HOME": str(WORK / "home"),
        "PULUMI_BACKEND_URL": (WORK / "state").as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "demo",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_IGNORE_AMBIENT_PLUGINS": "true",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }


def pulumi(*arguments: str) -> str:
    """What the command prints; its own words if it fails."""
    ran = subprocess.run(["pulumi", *arguments], capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        raise Failure(f"pulumi {' '.join(arguments)}: {ran.stderr.strip() or ran.stdout.strip()}")
    return ran.stdout.strip()


def tenant(variable: str) -> str:
    """A setting of the local tenant that `auth0-local-tenant run` started."""
    try:
        return os.environ[variable]
    except KeyError:
        raise Failure(f"{variable} is not set: run this through `make demo`") from None


def token(client_id: str, client_secret: str, audience: str) -> dict[str, Any]:
    """The answer of the token endpoint to a client credentials request."""
    return ask(
        "/oauth/token",
        body={
            "grant_type": "client_credentials",
            "client_id": client_id,
            "client_secret": client_secret,
            "audience": audience,
        },
    )


def management(path: str, find: str | None = None) -> Any:
    """What the Management API answers; with `find`, the client of that id in a list, or None."""
    domain, client_id, client_secret = (tenant(variable) for variable in TENANT)
    bearer = token(client_id, client_secret, f"{domain}/api/v2/")["access_token"]
    answer = ask(f"/api/v2/{path}", bearer=bearer)
    if find is None:
        return answer
    return next((client for client in answer if client["client_id"] == find), None)


def ask(path: str, body: dict[str, str] | None = None, bearer: str | None = None) -> Any:
    """One request to the local tenant, and its JSON."""
    headers = {"User-Agent": "demo", "Content-Type": "application/json"}
    if bearer is not None:
        headers["Authorization"] = f"Bearer {bearer}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(tenant("AUTH0_DOMAIN") + path, data, headers)
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise Failure(f"{request.method} {path}: {error.code} {error.read().decode()}") from None


def claims(access_token: str) -> dict[str, Any]:
    """The claims that an access token carries. The signature is not looked at: the token comes from its issuer."""
    payload = access_token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


def provider_requests() -> list[dict[str, Any]]:
    """The requests that were not the demo's own, all of which must come from our plugin."""
    requests = [json.loads(line) for line in REQUESTS.read_text().splitlines()]
    asked = [request for request in requests if request["user_agent"] != "demo"]
    expect(bool(asked), "requests of the provider in the tenant's log")
    strangers = {request["user_agent"] for request in asked if not request["user_agent"].startswith(f"{PLUGIN.name}/")}
    expect(not strangers, f"requests of {PLUGIN.name} only, got some of {strangers}")
    return asked


def keep(environment: dict[str, str]) -> None:
    """Says how to go on by hand, and waits for Ctrl-C."""
    exports = environment | {"PULUMI_STACK": "demo"} | {variable: tenant(variable) for variable in TENANT}
    script = WORK / "env.sh"
    script.touch(mode=0o600)
    script.write_text("".join(f"export {name}={shlex.quote(value)}\n" for name, value in exports.items()))
    hosted = shutil.which("pulumi-language-python") is not None
    run = "pulumi" if hosted else f"{ROOT}/.venv/bin/python {ROOT}/examples/demo.py"
    print(
        f"""
The tenant and the stack stay up until Ctrl-C. In another terminal:

    . {script}
    cd {PROJECT}
    pulumi stack            # what there is
    pulumi refresh          # compare it with the tenant
    {run} preview
    {run} up
    {run} destroy

The requests are written to {REQUESTS}.
""",
        flush=True,
    )
    # Ctrl-C comes twice, from the terminal and from the tenant that passes it on; one byte of it is enough.
    told, tell = os.pipe()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: os.write(tell, b"."))
    os.read(told, 1)
    print("The tenant ends; what is left in .demo is replaced by the next demo.")


@contextmanager
def step(title: str) -> Iterator[None]:
    """Prints what begins, and how long it took."""
    print(f"\n==> {title}", flush=True)
    began = time.monotonic()
    yield
    say(f"({time.monotonic() - began:.1f} s)")


def expect(holds: bool, what: str) -> None:
    """Ends the demo unless `holds`."""
    if not holds:
        raise Failure(f"expected {what}")


def say(text: str) -> None:
    """A line below the step's title."""
    print(f"    {text}", flush=True)


def show(line: str) -> None:
    """A line of the engine's, without the empty ones."""
    if line.strip():
        say(line.rstrip())


if __name__ == "__main__":
    main()
