//! `getClient`, `getClients` and `getClientGrants` against a tenant.

use pulumi_rs_sdk::value::{Object, Value};
use serde_json::{Value as Json, json};

use super::subject::{self, Subject, object, secret, token};

const API: &str = "https://api.example.com/";

/// A public key for tests alone; nobody has its other half.
const PEM: &str = "-----BEGIN PUBLIC KEY-----\n\
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAz5ZPabfzrDWgXGiRySJT\n\
    OJgS9x2ZpvscDuYsTWCyX/zdx7y7wj2wLoode8mxDTmoSWQsmqTCIDJGHy3LdJ2U\n\
    7RCdjl365JDdUCSJv+LTN/JTL+Kze2NnMsiJDsoUhs2/rQlTzoya2HM3sVW6xA/K\n\
    eCsGMWw093smA3aq2OtDBIClzPJWRi154uKcUcwfvGrQL/RUj6N/GWBjhWcVLFQz\n\
    fMuxLQ2KolMWI0ycNp6zfXDjBaD4Wc72h/eLATaBzgYZoMgTwqUrADgHv12BLVx0\n\
    arENQygigHL75Wqqjllw5Qq3s1wi5e3ZmIbdA3rwc+GoTpZlH2KRZyeGH9MdrmwT\n\
    QwIDAQAB\n\
    -----END PUBLIC KEY-----\n";

/// One application with much set, two of one name, and more than two pages of others.
fn seed() -> Json {
    let mut clients = vec![
        json!({
            "name": "rich", "client_id": "rich", "client_secret": "canary-of-the-rich-one",
            "app_type": "regular_web", "token_endpoint_auth_method": "client_secret_post",
            "callbacks": ["https://a/", "https://b/"],
            "addons": {"samlp": {"logout": {"callback": "https://out/"}}, "wams": {"masterkey": "canary"}},
            "jwt_configuration": {"alg": "RS256", "lifetime_in_seconds": 60},
            "oidc_logout": {"backchannel_logout_urls": ["https://gone/"]},
            "mobile": {"ios": {"team_id": "T", "app_bundle_identifier": "B"}}
        }),
        json!({"name": "public", "client_id": "public", "app_type": "spa"}),
    ];
    clients.extend(["twin-1", "twin-2"].map(|id| json!({"name": "twin", "client_id": id})));
    let others =
        (0..210).map(|n| json!({"name": format!("other {n}"), "client_id": format!("o{n}")}));
    clients.extend(others);
    json!({
        "resource_servers": [{"identifier": API, "scopes": [{"value": "one"}]}],
        "clients": clients,
        "client_grants": [
            {"client_id": "rich", "audience": API, "scope": ["one"]},
            {"client_id": "public", "audience": API, "scope": []}
        ]
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_is_one_request_and_its_blocks_are_lists() {
    let subject = Subject::start(seed()).await;
    let client = subject.invoke("getClient", [("clientId", "rich".into())]).await;
    assert_eq!(subject.requests(), ["/api/v2/clients/rich"]);
    let told = |name: &str| subject::json(&client[name]);
    assert_eq!(told("id"), "rich");
    assert_eq!(told("name"), "rich");
    assert_eq!(told("callbacks"), json!(["https://a/", "https://b/"]));
    assert_eq!(told("clientSecret"), json!({"secret": "canary-of-the-rich-one"}));
    assert_eq!(told("tokenEndpointAuthMethod"), "client_secret_post");
    assert_eq!(told("jwtConfigurations")[0]["lifetimeInSeconds"], 60.0);
    assert_eq!(
        told("mobiles"),
        json!([{"androids": [], "ios": [{"appBundleIdentifier": "B", "teamId": "T"}]}])
    );
    let addons = &told("addons")[0];
    assert_eq!(
        addons["samlps"][0]["logouts"],
        json!([{"callback": "https://out/", "sloEnabled": false}])
    );
    assert_eq!(addons["wams"], json!([{"masterKey": {"secret": "canary"}}]));
    assert_eq!(addons["salesforces"], json!([]));
    // As the published provider tells that there is none.
    let none = json!([{"disable": true, "flows": [], "organizationId": ""}]);
    assert_eq!(told("defaultOrganizations"), none);
    assert_eq!(told("encryptionKey"), json!({}));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_without_the_secret_has_no_mark_at_all() {
    let seed = json!({"clients": [{"name": "plain", "client_id": "plain", "client_secret": "canary",
        "app_type": "regular_web", "addons": {"samlp": {}}}]});
    let subject = Subject::start(seed).await;
    for (function, asked) in [
        ("getClient", ("clientId", "plain".into())),
        ("getClients", ("nameFilter", "plain".into())),
    ] {
        let with = subject.invoke(function, [asked.clone()]).await;
        assert!(Value::from(with.clone()).contains_secret(), "{function}");
        assert_eq!(with["hideClientSecret"], false.into(), "{function}");
        let without = subject.invoke(function, [asked, ("hideClientSecret", true.into())]).await;
        assert!(!Value::from(without.clone()).contains_secret(), "{function}: {without:?}");
        assert_eq!(without["hideClientSecret"], true.into(), "{function}");
        let told = |answer: Object| subject::json(&answer.into()).to_string();
        let expected = told(with).replace(r#"{"secret":"canary"}"#, r#""""#);
        let expected =
            expected.replace(r#""hideClientSecret":false"#, r#""hideClientSecret":true"#);
        assert_eq!(told(without), expected, "{function}: nothing else changes");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_of_an_application_are_one_request_more() {
    let key = |name: &str| json!({"name": name, "credential_type": "public_key", "pem": PEM, "alg": "RS256"});
    let subject = Subject::start(json!({"clients": [{
        "name": "keyed", "client_id": "keyed", "app_type": "non_interactive",
        "client_authentication_methods": {
            "private_key_jwt": {"credentials": [key("first"), key("second")]}
        }
    }]}))
    .await;
    let client = subject.invoke("getClient", [("clientId", "keyed".into())]).await;
    assert_eq!(subject.requests(), ["/api/v2/clients/keyed", "/api/v2/clients/keyed/credentials"]);
    let methods = subject::json(&client["clientAuthenticationMethods"]);
    let credentials = methods[0]["privateKeyJwts"][0]["credentials"].as_array().expect("a list");
    let names: Vec<&Json> = credentials.iter().map(|credential| &credential["name"]).collect();
    assert_eq!(names, ["first", "second"]);
    for credential in credentials {
        for told in ["id", "keyId", "algorithm", "credentialType", "createdAt"] {
            assert_ne!(credential[told], "", "{told}");
        }
    }
    assert_eq!(methods[0]["tlsClientAuths"], json!([]));
    assert_eq!(subject::json(&client["signedRequestObjects"]), json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_is_found_by_its_name_on_any_page() {
    let subject = Subject::start(seed()).await;
    let client = subject.invoke("getClient", [("name", "other 150".into())]).await;
    assert_eq!(client["clientId"], "o150".into());
    assert_eq!(subject.requests().len(), 2, "the pages after it are not read");
    assert_eq!(subject.warnings().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_of_several_is_taken_and_the_others_are_named() {
    let subject = Subject::start(seed()).await;
    let client = subject.invoke("getClient", [("name", "twin".into())]).await;
    assert_eq!(client["clientId"], "twin-1".into());
    assert_eq!(
        subject.warnings().await,
        ["several applications have the name \"twin\": twin-1 was taken, and not twin-2; give \
          `clientId` to say which one is meant"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_that_is_not_there_is_an_error_that_says_what_was_looked_for() {
    struct Case {
        asked: (&'static str, Value),
        told: &'static str,
    }
    let cases = [
        Case {
            asked: ("clientId", "nobody".into()),
            told: "NotFound: no application on TENANT has the ID \"nobody\"",
        },
        Case {
            asked: ("name", "Rich".into()),
            told: "NotFound: no application on TENANT has the name \"Rich\", which is compared letter \
                   for letter",
        },
        Case {
            asked: ("clientId", secret("nobody")),
            told: "NotFound: no application on TENANT has the ID \"[secret]\"",
        },
    ];
    let subject = Subject::start(seed()).await;
    for Case { asked, told } in cases {
        let failure = subject.engine.invoke(&token("getClient"), object([asked])).await;
        let failure = failure.expect_err("nobody is there");
        assert_eq!(subject.without_host(&failure.to_string()), told);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_has_to_be_said_which_application() {
    let subject = Subject::start(json!({})).await;
    for arguments in [object([]), object([("clientId", "".into()), ("name", Value::Null)])] {
        let answer = subject.engine.invoke(&token("getClient"), arguments).await.expect("answers");
        let [failure] = &answer.failures[..] else { panic!("{:?}", answer.failures) };
        assert_eq!(failure.to_string(), "clientId: missing: give `clientId` or `name`");
    }
    assert_eq!(subject.requests(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn applications_are_listed_over_all_pages_by_filters() {
    let subject = Subject::start(seed()).await;
    let all = subject.invoke("getClients", []).await;
    let clients = all["clients"].as_array().expect("a list");
    assert_eq!(clients.len(), 215, "those of the seed and the provider's own");
    assert_eq!(subject.requests().len(), 3);
    let rich = clients.iter().map(subject::json).find(|client| client["name"] == "rich");
    let logout = &rich.expect("it is there")["oidcLogouts"][0];
    assert_eq!(logout["backchannelLogoutUrls"], json!(["https://gone/"]));

    let public = subject.invoke("getClients", [("appTypes", vec!["spa"].into())]).await;
    let names: Vec<&Value> = public["clients"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|client| client.as_object()?.get("name"))
        .collect();
    assert_eq!(names, [&Value::from("public")]);
    assert_eq!(subject.requests(), ["/api/v2/clients?app_type=spa&take=100"]);

    let twins = subject.invoke("getClients", [("nameFilter", "win".into())]).await;
    assert_eq!(twins["clients"].as_array().map(<[Value]>::len), Some(2));
    assert_eq!(twins["nameFilter"], "win".into());
    assert_ne!(twins["id"], all["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn grants_are_listed_by_filters() {
    let subject = Subject::start(seed()).await;
    let asked = [("clientId", "rich".into()), ("audience", API.into())];
    let found = subject.invoke("getClientGrants", asked).await;
    let grants = subject::json(&found["clientGrants"]);
    let id = grants[0]["id"].as_str().expect("an id");
    assert!(id.starts_with("cgr_"), "{id}");
    assert_eq!(
        grants,
        json!([{
            "allowAllScopes": false, "audience": API, "clientId": "rich", "defaultFor": "", "id": id,
            "scopes": ["one"], "subjectType": "client"
        }])
    );
    let requests = subject.requests();
    assert_eq!(requests.len(), 1);
    assert!(requests[0].contains("client_id=rich") && requests[0].contains("audience="));
    assert_eq!(found["id"], "client_grants_list".into());
}
