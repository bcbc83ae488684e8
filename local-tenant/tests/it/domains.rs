//! Custom domains as a user meets them: made, verified, made the default.

use serde_json::{Value, json};

use crate::caller::Caller;

#[test]
fn a_domain_is_ready_once_somebody_looked_after_its_verification() {
    let caller = Caller::default();
    let made = caller.send("POST", "/custom-domains", Some(&managed("login.example.com")));
    assert_eq!(made.status, 201);
    let made = made.json();
    let id = made["custom_domain_id"].as_str().unwrap();
    let record =
        format!("local-tenant-{}.edge.tenants.us.auth0.com", id.to_lowercase().replace('_', "-"));
    let method = json!({"name": "CNAME", "record": record, "domain": "login.example.com"});
    assert_eq!(made["verification"], json!({"methods": [method]}));
    let verify = format!("/custom-domains/{id}/verify");
    assert_eq!(caller.send("POST", &verify, None).json()["status"], "pending_verification");
    let ready = caller.send("GET", &format!("/custom-domains/{id}"), None).json();
    assert_eq!(ready["status"], "ready");
    assert_eq!(ready["origin_domain_name"], record);
    assert_eq!(ready["certificate"]["status"], "provisioned");
}

#[test]
fn only_a_verification_shows_the_key_of_a_domain_with_its_own_certificate() {
    let caller = Caller::default();
    let own = json!({"domain": "login.example.com", "type": "self_managed_certs"});
    let made = caller.send("POST", "/custom-domains", Some(&own)).json();
    let id = made["custom_domain_id"].as_str().unwrap();
    assert_eq!(
        made["verification"]["methods"][0]["domain"],
        "_cf-custom-hostname.login.example.com"
    );
    let verify = format!("/custom-domains/{id}/verify");
    let first = caller.send("POST", &verify, None).json();
    let second = caller.send("POST", &verify, None).json();
    assert_eq!(
        (&first["status"], &second["status"]),
        (&json!("pending_verification"), &json!("ready"))
    );
    let key = |answer: &Value| answer.get("cname_api_key").is_some();
    let read = caller.send("GET", &format!("/custom-domains/{id}"), None).json();
    assert_eq!([&made, &first, &second, &read].map(key), [false, false, true, false]);
}

#[test]
fn only_a_verified_domain_becomes_the_default() {
    let caller = Caller::default();
    let own_host = caller.send("GET", "/custom-domains/default", None).json();
    let made = caller.send("POST", "/custom-domains", Some(&managed("login.example.com"))).json();
    let path = format!("/custom-domains/{}", made["custom_domain_id"].as_str().unwrap());
    let default = json!({"domain": "login.example.com"});
    let refused = caller.send("PATCH", "/custom-domains/default", Some(&default));
    assert_eq!(refused.status, 400);
    let message = "The domain must be verified before it can be set as default.";
    assert_eq!(refused.json()["message"], message);
    caller.send("POST", &format!("{path}/verify"), None);
    caller.send("GET", &path, None);
    let set = caller.send("PATCH", "/custom-domains/default", Some(&default)).json();
    assert_eq!((&set["is_default"], &set["domain"]), (&json!(true), &json!("login.example.com")));
    assert_eq!(caller.send("PATCH", "/custom-domains/default", Some(&own_host)).json(), own_host);
    assert_eq!(caller.send("GET", &path, None).json()["is_default"], false);
}

fn managed(domain: &str) -> Value {
    json!({"domain": domain, "type": "auth0_managed_certs"})
}
