// Previews or updates the stack `dev` of the current folder with a TypeScript program, and prints what happened as
// JSON, as run.py does for Python.
//
// Usage: run.js preview|up PROJECT PROGRAM. The engine's language host for Node is not published as a module. Its work
// is to start the runner that lies in the SDK; here the Automation API's server of inline programs starts it instead,
// so that the program meets all that `pulumi up` would put around it, its tsconfig.json included.
"use strict";

const { spawn } = require("node:child_process");
const { createRequire } = require("node:module");
const path = require("node:path");

const [operation, projectName, program] = process.argv.slice(2);
const folder = path.dirname(path.resolve(program));
// The program's own SDK.
const sdk = createRequire(path.resolve(program));
const { LocalWorkspace } = sdk("@pulumi/pulumi/automation");
const { LanguageServer } = sdk("@pulumi/pulumi/automation/server");
const { RunResponse } = sdk("@pulumi/pulumi/proto/language_pb");

/** With which the runner ends when it has told the user what is wrong. */
const TOLD = 32;

/** Runs the operation; a failure of the program or the engine is an answer, not a failure of this driver. */
async function main() {
    const stack = await LocalWorkspace.selectStack(
        { stackName: "dev", projectName, program: async () => {} },
        { workDir: process.cwd() },
    );
    const events = [];
    const lines = [];
    const options = { onEvent: (event) => events.push(event), onOutput: (text) => lines.push(text), color: "never" };
    let ok = true;
    try {
        await { preview: stack.preview, up: stack.up }[operation].call(stack, options);
    } catch (error) {
        lines.push(String(error));
        ok = false;
    }
    process.stdout.write(JSON.stringify({ ok, events, text: lines.join("") }));
}

/** Starts the SDK's runner on the program, as the language host does; its types are checked by `make lint`, once. */
LanguageServer.prototype.run = ({ request }, answer) => {
    const where = {
        monitor: request.getMonitorAddress(),
        engine: request.getArgsList()[0],
        organization: request.getOrganization(),
        project: request.getProject(),
        stack: request.getStack(),
        pwd: folder,
        parallel: request.getParallel(),
    };
    const flags = Object.entries(where).flatMap(([name, value]) => [`--${name}`, String(value)]);
    if (request.getDryrun()) {
        flags.push("--dry-run");
    }
    const env = {
        ...process.env,
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
        PULUMI_NODEJS_TYPESCRIPT: "true",
        PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    };
    const runner = [sdk.resolve("@pulumi/pulumi/cmd/run"), ...flags, "."];
    // What the program prints must not come between the lines of the answer.
    const running = spawn(process.execPath, runner, { cwd: folder, env, stdio: ["ignore", 2, 2] });
    running.once("exit", (code, signal) => {
        const response = new RunResponse();
        if (code === TOLD) {
            response.setBail(true);
        } else if (code !== 0) {
            response.setError(`the program ended with ${code ?? signal}`);
        }
        answer(undefined, response);
    });
};

main();
