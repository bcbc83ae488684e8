//! Lists: filters, pages and what every tenant has from the start.

use serde_json::json;

use crate::caller::Caller;

#[test]
fn the_first_client_and_its_grant_show_in_lists() {
    let caller = Caller::default();
    let clients = caller.send("GET", "/clients", None).json();
    assert_eq!(clients[0]["client_id"], caller.tenant.client_id());
    let grants = caller.send("GET", "/client-grants?include_totals=true", None).json();
    assert_eq!(grants["total"], 1);
    assert_eq!(grants["client_grants"][0]["client_id"], caller.tenant.client_id());
}

#[test]
fn every_filter_leaves_only_what_it_asks_for() {
    struct Case {
        query: &'static str,
        names: &'static [&'static str],
    }
    let caller = Caller::default();
    for body in [
        json!({"name": "a", "app_type": "spa"}),
        json!({"name": "b", "app_type": "native"}),
        json!({"name": "c", "is_first_party": false}),
    ] {
        caller.create("/clients", &body);
    }
    let cases = [
        Case { query: "app_type=spa", names: &["a"] },
        Case { query: "app_type=spa,native", names: &["a", "b"] },
        Case { query: "is_first_party=false", names: &["c"] },
        Case { query: "is_global=true", names: &[] },
        Case { query: "external_client_id=x", names: &[] },
    ];
    for Case { query, names } in cases {
        let listed = caller.send("GET", &format!("/clients?{query}"), None).json();
        let found: Vec<_> =
            listed.as_array().unwrap().iter().map(|c| c["name"].as_str().unwrap()).collect();
        assert_eq!(found, names, "{query}");
    }
}

#[test]
fn grants_are_found_by_their_natural_key() {
    let caller = Caller::default();
    let api = "https://api.example.com/";
    caller.create("/resource-servers", &json!({"identifier": api}));
    let client = caller.create("/clients", &json!({"name": "a"}));
    let id = client["client_id"].as_str().unwrap();
    let grant = caller.create("/client-grants", &json!({"client_id": id, "audience": api}));
    let found = |query: &str| {
        caller.send("GET", &format!("/client-grants?{query}&include_totals=true"), None).json()
    };
    let audience = "audience=https%3A%2F%2Fapi.example.com%2F";
    let expected = json!({"total": 1, "start": 0, "limit": 50, "client_grants": [grant]});
    assert_eq!(found(&format!("{audience}&client_id={id}&subject_type=client")), expected);
    assert_eq!(found(&format!("{audience}&subject_type=user"))["total"], 0);
    assert_eq!(found("default_for=third_party_clients")["total"], 0);
    assert_eq!(found(&format!("{audience}&allow_any_organization=true"))["total"], 0);
}

#[test]
fn checkpoints_lead_through_all_clients_once() {
    let caller = Caller::default();
    for number in 0..7 {
        caller.create("/clients", &json!({"name": format!("c{number}")}));
    }
    let (mut names, mut query) = (Vec::new(), "take=3&fields=name".to_owned());
    loop {
        let page = caller.send("GET", &format!("/clients?{query}"), None).json();
        names.extend(page["clients"].as_array().unwrap().iter().map(|c| c["name"].to_string()));
        let Some(next) = page["next"].as_str() else { break };
        query = format!("take=3&fields=name&from={next}");
    }
    assert_eq!(names.len(), 8);
    names.dedup();
    assert_eq!(names.len(), 8);
}
