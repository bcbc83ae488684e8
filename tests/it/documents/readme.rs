//! README.md.

use std::fs;
use std::net::TcpListener;

use tests::{Shell, Tenant, plugin, root, target};

use super::Run;
use super::page::Section;

pub const RUNS: &[(&str, Run)] = &[
    ("Try it", demo),
    ("Use it on a tenant of yours", tenant_of_yours),
    ("Your program without a tenant", without_a_tenant),
];

/// The seed program in YAML, in a project that says which version of the SDK it uses.
fn project(shell: &Shell) {
    let program = fs::read_to_string(root().join("examples/yaml/Pulumi.yaml"));
    shell.write("my-project/Pulumi.yaml", &program.expect("the example"));
    shell.write("my-project/requirements.txt", "pulumi-auth0==3.55.1\n");
    let seed = fs::read_to_string(root().join("examples/demo-seed.json")).expect("the seed");
    shell.write("my-project/seed.json", &seed);
}

fn demo(section: &Section) {
    let shell = Shell::new();
    shell.builds_nothing();
    let demo = section.only("sh");
    let said = shell.run(demo, root()).succeeded();
    assert!(said.out.contains("granted      read:data write:data"), "{}{}", said.out, said.err);
    assert!(said.out.contains("Done in "), "{}", said.out);

    let kept = format!("KEEP=1 {}", demo.trim());
    assert!(section.mentioned().contains(&kept), "the sentences no longer name it");
    let out = shell.path("out").display().to_string();
    let commands = format!(
        "set -m
        {kept} >{out} 2>&1 &
        until grep --quiet 'stay up until Ctrl-C' {out}; do
            kill -0 $! || {{ cat {out}; exit 1; }}
            sleep 0.1
        done
        (. .demo/env.sh; cd .demo/project; pulumi stack output client_id)
        kill -INT -- -$!
        wait $! || true
        grep 'what is left in .demo is replaced' {out}"
    );
    let said = shell.run(&commands, root()).succeeded();
    assert_eq!(said.out.lines().count(), 2, "{}", said.out);
}

fn tenant_of_yours(section: &Section) {
    let tenant = Tenant::with_api();
    let mut shell = Shell::new();
    shell.builds_nothing();
    project(&shell);
    // Cargo may build elsewhere, and make finds it there.
    shell.set("CARGO_TARGET_DIR", shell.path("built").to_str());
    let [install, configure, go_on] = section.of("sh")[..] else { panic!("the steps are others") };
    let folder = shell.path("my-project");

    let install = install.replace("../my-project", &folder.display().to_string());
    shell.run(&install, root()).succeeded();
    assert!(shell.cached("3.55.1") == fs::read(plugin()).expect("the plugin"));

    shell.run("pulumi stack init dev", &folder).succeeded();
    let variable = |name: &str| {
        let found = tenant.environment().iter().find(|(found, _)| found == name);
        found.map(|(_, value)| value.as_str()).expect("the tenant says it")
    };
    let configure = configure.replace("my-tenant.eu.auth0.com", tenant.url());
    let configure = configure.replace("CLIENT_ID", variable("AUTH0_CLIENT_ID"));
    shell.run_with(&configure, &folder, variable("AUTH0_CLIENT_SECRET")).succeeded();
    let config = fs::read_to_string(folder.join("Pulumi.dev.yaml")).expect("the configuration");
    assert!(!config.contains(variable("AUTH0_CLIENT_SECRET")), "{config}");

    let said = shell.run(go_on, &folder).succeeded();
    assert!(said.out.contains("+ 3 created"), "{}", said.out);
    let names = tenant.get("clients?fields=name");
    assert!(names.to_string().contains("My AI Client App"), "{names}");
}

fn without_a_tenant(section: &Section) {
    let mut shell = Shell::new();
    shell.builds_nothing();
    shell.has_the_plugin();
    project(&shell);
    let port = TcpListener::bind("127.0.0.1:0").and_then(|bound| bound.local_addr());
    let commands = section
        .only("sh")
        .replace("../my-project", &shell.path("my-project").display().to_string())
        .replace("$PWD/target", &target().display().to_string())
        .replace("127.0.0.1:3399", &port.expect("a port").to_string());
    let said = shell.run(&commands, root()).succeeded();
    assert!(said.out.contains("+ 3 created"), "{}", said.out);

    let again = commands.lines().last().expect("the last line runs the program");
    let again = format!("{again} --expect-no-changes");
    shell.run(&again, &shell.path("my-project")).succeeded();
    let held = fs::read_to_string(shell.path("my-project/tenant.json")).expect("it keeps it");
    assert!(held.contains("My AI Client App"), "{held}");
}

#[test]
fn make_uses_what_cargo_has_built_wherever_that_is() {
    struct Case {
        variable: &'static str,
        value: String,
        built: &'static str,
    }
    let shell = Shell::new();
    shell.write("cargo/config.toml", "[build]\ntarget-dir = \"/elsewhere/by-setting\"\n");
    let cases = [
        Case {
            variable: "CARGO_TARGET_DIR",
            value: "/elsewhere/by-variable".into(),
            built: "/elsewhere/by-variable",
        },
        Case {
            variable: "CARGO_HOME",
            value: shell.path("cargo").display().to_string(),
            built: "/elsewhere/by-setting",
        },
    ];
    for Case { variable, value, built } in cases {
        let mut shell = Shell::new();
        shell.set(variable, Some(&value));
        let said = shell.run("make --dry-run demo install bench dist", root()).succeeded();
        for program in [
            "thin/auth0-local-tenant run",
            "thin/pulumi-resource-auth0",
            "release/pulumi-resource-auth0",
            "dist/THIRD-PARTY-LICENSES",
        ] {
            let path = format!("{built}/{program}");
            assert!(said.out.contains(&path), "{variable}: {path} is not in\n{}", said.out);
        }
        let by_default = said.out.lines().find(|line| line.contains(" target/"));
        assert_eq!(by_default, None, "{variable}");
    }
}
