//! `/api/v2/users` and what is left of their logins: identities, imports, sessions, and who is found.

use auth0_local_tenant::Options;
use serde_json::{Value, json};

use crate::caller::Caller;

fn make(caller: &Caller, email: &str) -> String {
    let body = json!({"email": email, "password": "Secret-1!", "connection": "db"});
    caller.create("/users", &body)["user_id"].as_str().unwrap().to_owned()
}

fn get(caller: &Caller, path: &str) -> Value {
    let reply = caller.send("GET", path, None);
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()
}

fn ids(users: &Value) -> Vec<&str> {
    users.as_array().unwrap().iter().map(|user| user["user_id"].as_str().unwrap()).collect()
}

#[test]
fn a_linked_user_is_an_identity_of_another_until_it_is_unlinked() {
    let caller = Caller::default();
    let (one, two) = (make(&caller, "one@example.com"), make(&caller, "two@example.com"));
    let own = two.trim_start_matches("auth0|");
    let body = json!({"provider": "auth0", "user_id": own});
    let linked = caller.create(&format!("/users/{one}/identities"), &body);
    assert_eq!(linked[1]["user_id"], own);
    assert_eq!(linked[1]["profileData"]["email"], "two@example.com");
    assert_eq!(caller.send("GET", &format!("/users/{two}"), None).status, 404);
    let path = format!("/users/{one}/identities/auth0/{own}");
    let left = caller.send("DELETE", &path, None).json();
    assert_eq!(left.as_array().unwrap().len(), 1);
    let again = get(&caller, &format!("/users/{two}"));
    assert_eq!(again["email"], "two@example.com");
    assert_eq!(again["identities"][0].get("profileData"), None);
}

#[test]
fn the_main_identity_stays() {
    let caller = Caller::default();
    let (one, two) = (make(&caller, "one@example.com"), make(&caller, "two@example.com"));
    let own = one.trim_start_matches("auth0|");
    let path = format!("/users/{one}/identities/auth0/{own}");
    assert_eq!(caller.send("DELETE", &path, None).status, 400);
    let body = json!({"provider": "auth0", "user_id": two.trim_start_matches("auth0|")});
    caller.create(&format!("/users/{one}/identities"), &body);
    assert_eq!(caller.send("DELETE", &path, None).status, 400);
    assert_eq!(caller.send("GET", &format!("/users/{one}"), None).status, 200);
}

#[test]
fn users_are_found_by_query_by_connection_and_by_address() {
    let caller = Caller::default();
    let (one, two) = (make(&caller, "one@example.com"), make(&caller, "two@example.com"));
    let found = |path: &str| get(&caller, path);
    assert_eq!(ids(&found("/users?q=email:%22one@example.com%22")), [&one]);
    assert_eq!(ids(&found("/users?q=email:*@example.com&connection=db")), [&one, &two]);
    assert_eq!(ids(&found("/users?connection=other")), Vec::<&str>::new());
    assert_eq!(ids(&found("/users-by-email?email=TWO@example.com")), [&two]);
}

#[test]
fn an_import_makes_users_and_tells_of_those_that_are_there() {
    let caller = Caller::default();
    let body = json!({"name": "db", "strategy": "auth0"});
    let connection = caller.create("/connections", &body);
    make(&caller, "one@example.com");
    let import = |upsert: &str| {
        let fields = [
            ("connection_id", connection["id"].as_str().unwrap()),
            ("upsert", upsert),
            (
                "users",
                r#"[{"email":"one@example.com","nickname":"1"},{"email":"two@example.com"}]"#,
            ),
        ];
        let part = |(name, value): (&str, &str)| {
            format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let body = fields.map(part).concat() + "--b--\r\n";
        let form = ("multipart/form-data; boundary=b", body.as_str());
        let reply = caller.raw("POST", "/api/v2/jobs/users-imports", Some(form));
        assert_eq!((reply.status, &reply.json()["status"]), (202, &json!("pending")));
        format!("/jobs/{}", reply.json()["id"].as_str().unwrap())
    };
    let job = import("false");
    let errors = get(&caller, &format!("{job}/errors"));
    assert_eq!(errors[0]["errors"][0]["code"], "DUPLICATED_USER");
    assert_eq!(errors[0]["user"]["email"], "one@example.com");
    assert_eq!(errors.as_array().unwrap().len(), 1);
    assert_eq!(get(&caller, "/users?q=email:two*").as_array().unwrap().len(), 1);
    let job = import("true");
    assert_eq!(get(&caller, &format!("{job}/errors")), json!([]));
    assert_eq!(get(&caller, "/users?q=email:one*")[0]["nickname"], "1");
    assert_eq!(get(&caller, &job)["status"], "completed");
}

#[test]
fn revoking_the_access_of_a_user_ends_sessions_and_tokens_unless_they_are_to_stay() {
    struct Case {
        body: Value,
        sessions: usize,
        tokens: usize,
    }
    let cases = [
        Case { body: json!({}), sessions: 0, tokens: 0 },
        Case { body: json!({"preserve_refresh_tokens": true}), sessions: 0, tokens: 2 },
        Case { body: json!({"session_id": "s1"}), sessions: 1, tokens: 1 },
    ];
    for Case { body, sessions, tokens } in cases {
        let caller = Caller::start(Options::default());
        let user = make(&caller, "one@example.com");
        for (session, token) in [("s1", "t1"), ("s2", "t2")] {
            let held = json!({"id": session, "user_id": user});
            assert!(caller.tenant.hold(&format!("/sessions/{session}"), held));
            let held = json!({"id": token, "user_id": user, "session_id": session});
            assert!(caller.tenant.hold(&format!("/refresh-tokens/{token}"), held));
        }
        let path = format!("/users/{user}/revoke-access");
        assert_eq!(caller.send("POST", &path, Some(&body)).status, 202);
        let left = |what: &str| {
            let list = get(&caller, &format!("/users/{user}/{what}"));
            let key = if what == "sessions" { "sessions" } else { "tokens" };
            list[key].as_array().unwrap().len()
        };
        assert_eq!((left("sessions"), left("refresh-tokens")), (sessions, tokens), "{body}");
    }
}

#[test]
fn an_organization_has_one_set_of_connections_at_two_paths() {
    let caller = Caller::default();
    let body = json!({"name": "db", "strategy": "auth0"});
    let connection = caller.create("/connections", &body)["id"].clone();
    let organization = caller.create("/organizations", &json!({"name": "acme"}))["id"].clone();
    let path = format!("/organizations/{}", organization.as_str().unwrap());
    let body = json!({"connection_id": connection, "organization_access_level": "full"});
    let made = caller.create(&format!("{path}/connections"), &body);
    assert_eq!(
        (&made["organization_access_level"], &made["is_enabled"]),
        (&json!("full"), &json!(true))
    );
    let id = connection.as_str().unwrap();
    let older = get(&caller, &format!("{path}/enabled_connections/{id}"));
    assert_eq!(older["connection"], json!({"name": "db", "strategy": "auth0"}));
    assert_eq!(older.get("organization_access_level"), None);
    caller.send("DELETE", &format!("/connections/{id}"), None);
    assert_eq!(caller.send("GET", &format!("{path}/connections/{id}"), None).status, 404);
}

#[test]
fn an_organization_has_clients_by_which_its_members_come_in() {
    let caller = Caller::default();
    let client =
        |name: &str| caller.create("/clients", &json!({"name": name}))["client_id"].clone();
    let (one, two) = (client("one"), client("two"));
    let organization = caller.create("/organizations", &json!({"name": "acme"}))["id"].clone();
    let path = format!("/organizations/{}/clients", organization.as_str().unwrap());
    let body = json!({"clients": [
        {"client_id": one, "use_for_member_access": true},
        {"client_id": two},
    ]});
    let made = caller.create(&path, &body);
    assert_eq!(
        (&made[0]["client"]["name"], &made[1]["use_for_member_access"]),
        (&json!("one"), &json!(false))
    );
    assert_eq!(caller.send("POST", &path, Some(&body)).status, 409);
    let id = two.as_str().unwrap();
    let change = json!({"use_for_member_access": true});
    let changed = caller.send("PATCH", &format!("{path}/{id}"), Some(&change)).json();
    assert_eq!(
        (&changed["use_for_member_access"], &changed["client"]["name"]),
        (&json!(true), &json!("two"))
    );
    let listed = get(&caller, &format!("/organizations?include_client_association_for={id}"));
    assert_eq!(listed[0]["client"], json!({"use_for_member_access": true}));
    caller.send("DELETE", &path, Some(&json!({"clients": [two]})));
    assert_eq!(caller.send("GET", &format!("{path}/{id}"), None).status, 404);
    caller.send("DELETE", &format!("/clients/{}", one.as_str().unwrap()), None);
    assert_eq!(get(&caller, &path), json!({"clients": []}));
}

#[test]
fn the_members_with_a_role_of_an_organization_are_those_it_gives_the_role() {
    let caller = Caller::default();
    let (one, two) = (make(&caller, "one@example.com"), make(&caller, "two@example.com"));
    let role = caller.send("POST", "/roles", Some(&json!({"name": "admin"}))).json()["id"].clone();
    let organization = caller.create("/organizations", &json!({"name": "acme"}))["id"].clone();
    let path = format!("/organizations/{}", organization.as_str().unwrap());
    caller.send("POST", &format!("{path}/members"), Some(&json!({"members": [one, two]})));
    caller.send("POST", &format!("{path}/members/{two}/roles"), Some(&json!({"roles": [role]})));
    let listed = get(&caller, &format!("{path}/roles/{}/members", role.as_str().unwrap()));
    assert_eq!(ids(&listed["members"]), [&two]);
}
