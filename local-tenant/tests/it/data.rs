//! The data file: what a tenant holds from one start to the next.

use std::fs;
use std::path::Path;

use auth0_local_tenant::{Options, StartError, Tenant};
use serde_json::json;

use crate::caller::Caller;

fn kept_in(file: &Path) -> Options {
    Options { data: Some(file.to_owned()), ..Options::default() }
}

#[test]
fn what_a_tenant_holds_is_there_after_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tenant.json");

    let first = Caller::start(kept_in(&file));
    let credentials = [first.tenant.client_id(), first.tenant.client_secret()].map(str::to_owned);
    first.create("/resource-servers", &json!({"identifier": "https://api/", "name": "API"}));
    let kept = first.create("/clients", &json!({"name": "kept"}))["client_id"].clone();
    let gone = first.create("/clients", &json!({"name": "gone"}))["client_id"].clone();
    let grant = json!({"client_id": kept, "audience": "https://api/", "scope": []});
    first.create("/client-grants", &grant);
    let path = format!("/clients/{}", gone.as_str().unwrap());
    assert_eq!(first.send("DELETE", &path, None).status, 204);
    let held = first.send("GET", "/clients", None).text;
    drop(first);

    let second = Caller::start(kept_in(&file));
    assert_eq!([second.tenant.client_id(), second.tenant.client_secret()], credentials);
    let clients = second.send("GET", "/clients", None);
    assert_eq!(clients.text, held);
    let grants = second.send("GET", "/client-grants", None).json();
    let audiences: Vec<_> =
        grants.as_array().unwrap().iter().map(|grant| &grant["audience"]).collect();
    let management = format!("{}/api/v2/", second.tenant.base_url());
    assert_eq!(audiences, [&json!(management), &json!("https://api/")]);
}

#[test]
fn a_seed_is_for_the_first_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tenant.json");
    let seed = serde_json::from_value(json!({"clients": [{"name": "seeded"}]}));
    let options = Options { seed: seed.unwrap(), ..kept_in(&file) };
    let count = |caller: &Caller| {
        let clients = caller.send("GET", "/clients", None).json();
        clients.as_array().unwrap().iter().filter(|client| client["name"] == "seeded").count()
    };
    assert_eq!(count(&Caller::start(options.clone())), 1);
    assert_eq!(count(&Caller::start(options)), 1);
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_it() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tenant.json");
    let caller = Caller::start(kept_in(&file));
    caller.create("/clients", &json!({"name": "app"}));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let files = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files, 1, "nothing is left beside it");
}

#[test]
fn a_file_that_no_tenant_wrote_is_named_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tenant.json");
    for text in [
        "",
        "not JSON",
        "{}",
        r#"{"base":"http://127.0.0.1:1","first_client":"c",
        "resource_servers":[],"clients":[],"credentials":[],"client_grants":[]}"#,
    ] {
        fs::write(&file, text).unwrap();
        let Err(error) = Tenant::start(kept_in(&file)) else { panic!("{text:?} was taken") };
        assert!(matches!(error, StartError::Data(..)), "{error}");
        assert!(error.to_string().contains("tenant.json"), "{error}");
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
    }
}

#[test]
fn a_folder_that_is_not_there_is_an_error_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("absent/tenant.json");
    assert!(matches!(Tenant::start(kept_in(&file)), Err(StartError::Data(..))));
}
