//! `pulumi import` by each version of the SDK: the code that it makes runs, and changes nothing.

use std::fs;

use serde_json::json;
use tests::{Stack, Tenant};

/// The versions of the published SDKs in use: that of Python, and the newest for Node.
const VERSIONS: [&str; 2] = ["3.55.1", "3.49.0"];

/// The file that names what to import.
const FILE: &str = "import.json";

const API: &str = "https://myapi.example.com/";

/// A tenant with an application and its grant, and their ids.
struct There {
    tenant: Tenant,
    client: String,
    grant: String,
}

impl There {
    fn new() -> Self {
        let tenant = Tenant::with_api();
        let made = |collection: &str, id: &str, body: serde_json::Value| {
            let made = tenant.post(collection, &body);
            made[id].as_str().expect("it has an id").to_owned()
        };
        let app = json!({
            "name": "an app", "description": "An app.", "app_type": "spa",
            "callbacks": ["https://a.example.com/"]
        });
        let client = made("clients", "client_id", app);
        let grant = json!({"client_id": client, "audience": API, "scope": ["read:data"]});
        let grant = made("client-grants", "id", grant);
        Self { tenant, client, grant }
    }

    /// A stack whose program is of that version of the SDK.
    fn stack(&self, version: &str) -> Stack {
        let resource = "resources:\n  other:\n    type: auth0:Client\n    options:\n";
        Stack::yaml(&self.tenant, &format!("{resource}      version: {version}\n"))
    }

    /// What a file for an import says, of both.
    fn file(&self, version: &str) -> String {
        let resource = |token: &str, name: &str, id: &str| json!({"type": token, "name": name, "id": id, "version": version});
        let resources = [
            resource("auth0:index/client:Client", "app", &self.client),
            resource("auth0:index/clientGrant:ClientGrant", "grant", &self.grant),
        ];
        json!({ "resources": resources }).to_string()
    }
}

/// Imports what the arguments say, runs the code that it makes, and returns that code.
#[track_caller]
fn import(there: &There, version: &str, arguments: &[&str]) -> String {
    let stack = there.stack(version);
    fs::write(stack.path().join(FILE), there.file(version)).expect("to write");
    let flags = ["--protect=false", "--skip-preview", "--yes", "--out", "made.yaml"];
    stack.operate(&[&["import"], arguments, &flags].concat()).succeeded();
    let made = fs::read_to_string(stack.path().join("made.yaml")).expect("the code was made");

    let of_version = |kind: &str| {
        let head = format!("    type: auth0:{kind}\n");
        (head.clone(), format!("{head}    options:\n      version: {version}\n"))
    };
    let program = ["Client", "ClientGrant"]
        .map(of_version)
        .into_iter()
        .fold(made.clone(), |program, (head, pinned)| program.replace(&head, &pinned));
    stack.write_yaml(&program);
    let (preview, requests) = there.tenant.during(|| stack.preview().succeeded());
    assert_eq!(preview.changed(), [""; 0], "{version}: {program}\n{preview}");
    assert!(requests.iter().all(|request| !request.writes()), "{requests:?}");
    let up = stack.up().succeeded();
    assert_eq!(up.changed(), [""; 0], "{version}: {program}\n{up}");
    made
}

#[test]
fn an_import_by_id_makes_code_for_every_version_of_the_sdk() {
    let there = There::new();
    for version in VERSIONS {
        let made = import(&there, version, &["auth0:index/client:Client", "app", &there.client]);
        assert!(made.contains("name: an app"), "{version}: {made}");
        assert!(!made.contains(&there.client), "its id is the tenant's choice: {made}");
    }
}

#[test]
fn an_import_by_file_makes_code_for_every_version_of_the_sdk() {
    let there = There::new();
    for version in VERSIONS {
        let made = import(&there, version, &["--file", FILE]);
        assert!(made.contains("type: auth0:ClientGrant"), "{version}: {made}");
    }
}
