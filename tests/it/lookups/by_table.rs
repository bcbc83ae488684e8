//! Functions that their tables answer, each against a tenant: what is found, what is not, and which requests it takes.

use pulumi_resource_auth0::auth0::PACKAGE;
use pulumi_rs_sdk::state::is_zero;
use pulumi_rs_sdk::table::{Field, Kind, Presence};
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::{Value as Json, json};

use super::subject::{self, Subject, object, token};

/// A key of 32 bytes.
const KEY: &str = "Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5LWNhbmE=";
const API: &str = "https://api.example.com/";
const CLIENT: &str = "abcdefghijklmnopqrstuvwxyzABCDEF";

/// One of each that functions look up, and two roles of one name.
fn seed() -> Json {
    json!({
        "actions/actions": [{
            "id": "act_1", "name": "greet", "code": "exports.onExecutePostLogin = () => {};",
            "runtime": "node22", "supported_triggers": [{"id": "post-login", "version": "v3"}],
            "secrets": [{"name": "KEY", "value": "canary"}]
        }],
        "actions/modules": [{"id": "mod_1", "name": "shared", "code": "module.exports = {};"}],
        "resource_servers": [{
            "id": "api_1", "identifier": API, "name": "Orders", "signing_alg": "HS256",
            "signing_secret": "canary-of-sixteen-letters",
            "scopes": [{"value": "read:orders", "description": "Read orders"}]
        }],
        "clients": [
            {"name": "app", "client_id": "app", "app_type": "non_interactive"},
            {"name": "portal", "client_id": CLIENT, "app_type": "regular_web"}
        ],
        "client_grants": [{
            "id": "cgr_1", "client_id": "app", "audience": API, "scope": ["read:orders"],
            "organization_usage": "allow"
        }],
        "connections": [
            {"id": "con_1", "name": "people", "strategy": "auth0"},
            {"id": "con_2", "name": "others", "strategy": "auth0"},
            {"id": "con_3", "name": "corporate", "strategy": "oidc", "enabled_clients": ["app"], "options": {
                "client_id": "c", "client_secret": "canary", "issuer": "https://idp.example.com"
            }}
        ],
        "connections/con_1/directory-provisioning": [{"synchronize_groups": "all"}],
        "connection-profiles": [{"id": "cop_1", "name": "customers"}],
        "custom-domains": [
            {"custom_domain_id": "cd_1", "domain": "login.example.com", "type": "auth0_managed_certs"}
        ],
        "event-streams": [{
            "id": "est_1", "name": "people", "subscriptions": [{"event_type": "user.created"}],
            "destination": {"type": "webhook", "configuration": {
                "webhook_endpoint": "https://acme.example.com/hook",
                "webhook_authorization": {"method": "bearer", "token": "canary"}
            }}
        }],
        "flows": [{"id": "af_1", "name": "greet", "actions": []}],
        "flows/vault/connections": [{
            "id": "ac_1", "app_id": "HTTP", "name": "service",
            "setup": {"type": "BEARER", "token": "canary"}
        }],
        "forms": [{"id": "ap_1", "name": "welcome", "languages": {"primary": "en"}}],
        "keys/network-acls": [{"id": "key_1", "name": "partner", "alg": "hmac-sha256", "value": KEY}],
        "network-acls": [{
            "id": "acl_1", "active": true, "description": "nobody", "priority": 1,
            "rule": {"action": {"block": true}, "match": {"asns": [1]}, "scope": "tenant"}
        }],
        "organizations": [{
            "id": "org_1", "name": "acme", "display_name": "Acme", "metadata": {"tier": "gold"},
            "branding": {"logo_url": "https://acme.example.com/logo.png"}
        }],
        "organizations/org_1/clients": [
            {"clients": [{"client_id": CLIENT, "use_for_member_access": true}]}
        ],
        "organizations/org_1/client-grants": [{"grant_id": "cgr_1"}],
        "organizations/org_1/connections": [
            {"connection_id": "con_1"}, {"connection_id": "con_2", "is_enabled": false}
        ],
        "organizations/org_1/members": [{"members": ["auth0|ann"]}],
        "organizations/org_1/members/auth0|ann/roles": [{"roles": ["rol_1"]}],
        "rate-limit-policies": [{
            "id": "rlp_1", "resource": "oauth_authentication_api", "consumer": "client",
            "consumer_selector": "default", "configuration": {"action": "block", "limit": 100}
        }],
        "roles": [
            {"id": "rol_1", "name": "reader", "description": "Reads"},
            {"id": "rol_2", "name": "twin"},
            {"id": "rol_3", "name": "twin"}
        ],
        "roles/rol_1/permissions": [{"permissions": [
            {"resource_server_identifier": API, "permission_name": "read:orders"}
        ]}],
        "roles/rol_1/users": [{"users": ["auth0|ann"]}],
        "self-service-profiles": [{"id": "ssp_1", "name": "own"}],
        "user-attribute-profiles": [{"id": "uap_1", "name": "people", "user_attributes": {
            "email": {"description": "d", "label": "l", "profile_required": true, "auth0_mapping": "email"}
        }}],
        "token-exchange-profiles": [{
            "id": "tep_1", "name": "swap", "subject_token_type": "https://acme.example.com/token",
            "action_id": "act_1", "type": "custom_authentication"
        }],
        "users": [{
            "user_id": "ann", "connection": "people", "email": "ann@example.com", "password": "A-canary-1"
        }]
    })
}

/// What each function is asked for by ID, and what for that the tenant does not have.
struct Asked {
    function: &'static str,
    found: &'static [(&'static str, &'static str)],
    /// None where there is always an answer.
    absent: Option<Absent>,
}

struct Absent {
    asked: &'static [(&'static str, &'static str)],
    told: &'static str,
}

const fn asked(
    function: &'static str,
    found: &'static [(&'static str, &'static str)],
    absent: Option<Absent>,
) -> Asked {
    Asked { function, found, absent }
}

const fn absent(
    asked: &'static [(&'static str, &'static str)],
    told: &'static str,
) -> Option<Absent> {
    Some(Absent { asked, told })
}

const ALL: &[Asked] = &[
    asked(
        "getAction",
        &[("id", "act_1")],
        absent(
            &[("name", "Greet")],
            "action on TENANT has the name \"Greet\", which is compared letter for letter",
        ),
    ),
    asked(
        "getActionModule",
        &[("id", "mod_1")],
        absent(&[("id", "mod_2")], "action module on TENANT has the ID \"mod_2\""),
    ),
    asked("getActionModuleActions", &[("moduleId", "mod_1")], None),
    asked(
        "getActionModuleVersion",
        &[("moduleId", "mod_1"), ("versionId", "ver_1")],
        absent(
            &[("moduleId", "mod_1"), ("versionId", "ver_2")],
            "version on TENANT has the moduleId \"mod_1\" and the versionId \"ver_2\"",
        ),
    ),
    asked("getActionModuleVersions", &[("moduleId", "mod_1")], None),
    asked("getAttackProtection", &[], None),
    asked(
        "getClient",
        &[("clientId", "app")],
        absent(&[("clientId", "x")], "application on TENANT has the ID \"x\""),
    ),
    asked("getClientGrantOrganizations", &[("clientGrantId", "cgr_1")], None),
    asked("getClientGrants", &[("clientId", "app")], None),
    asked("getClients", &[("nameFilter", "app")], None),
    asked(
        "getConnection",
        &[("connectionId", "con_3")],
        absent(
            &[("name", "People")],
            "connection on TENANT has the name \"People\", which is compared letter for letter",
        ),
    ),
    asked(
        "getConnectionDirectory",
        &[("connectionId", "con_1")],
        absent(
            &[("connectionId", "con_2")],
            "connection directory on TENANT has the connectionId \"con_2\"",
        ),
    ),
    asked(
        "getConnectionProfile",
        &[("id", "cop_1")],
        absent(&[("id", "cop_2")], "connection profile on TENANT has the ID \"cop_2\""),
    ),
    asked(
        "getCustomDomain",
        &[("customDomainId", "cd_1")],
        absent(&[("customDomainId", "cd_2")], "custom domain on TENANT has the ID \"cd_2\""),
    ),
    asked("getCustomDomains", &[], None),
    asked(
        "getEventStream",
        &[("id", "est_1")],
        absent(&[("id", "est_2")], "event stream on TENANT has the ID \"est_2\""),
    ),
    asked(
        "getFlow",
        &[("id", "af_1")],
        absent(&[("id", "af_2")], "flow on TENANT has the ID \"af_2\""),
    ),
    asked(
        "getFlowVaultConnection",
        &[("id", "ac_1")],
        absent(&[("id", "ac_2")], "flow vault connection on TENANT has the ID \"ac_2\""),
    ),
    asked(
        "getForm",
        &[("id", "ap_1")],
        absent(&[("id", "ap_2")], "form on TENANT has the ID \"ap_2\""),
    ),
    asked(
        "getNetworkAcl",
        &[("id", "acl_1")],
        absent(&[("id", "acl_2")], "network acl on TENANT has the ID \"acl_2\""),
    ),
    asked(
        "getNetworkAclKey",
        &[("id", "key_1")],
        absent(&[("id", "key_2")], "network acl key on TENANT has the ID \"key_2\""),
    ),
    asked(
        "getOrganization",
        &[("organizationId", "org_1")],
        absent(&[("name", "umbrella")], "organization on TENANT has the name \"umbrella\""),
    ),
    asked(
        "getOrganizationClient",
        &[("clientId", CLIENT), ("organizationId", "org_1")],
        absent(
            &[("clientId", "x"), ("organizationId", "org_1")],
            "organization client on TENANT has the clientId \"x\" and the organizationId \"org_1\"",
        ),
    ),
    asked("getOrganizationClients", &[("organizationId", "org_1")], None),
    asked("getOrganizationRoleGroups", ROLE_OF_ORGANIZATION, None),
    asked("getOrganizationRoleMembers", ROLE_OF_ORGANIZATION, None),
    asked("getOrganizations", &[], None),
    asked("getPromptScreenPartials", &[("promptType", "login")], None),
    asked("getPromptScreenRenderer", &[("promptType", "login"), ("screenName", "login")], None),
    asked("getRateLimitPolicies", &[("consumer", "client")], None),
    asked(
        "getRateLimitPolicy",
        &[("policyId", "rlp_1")],
        absent(&[("policyId", "rlp_2")], "rate limit policy on TENANT has the ID \"rlp_2\""),
    ),
    asked(
        "getResourceServer",
        &[("resourceServerId", "api_1")],
        absent(&[("identifier", "x")], "API on TENANT has the identifier \"x\""),
    ),
    asked(
        "getRole",
        &[("roleId", "rol_1")],
        absent(
            &[("name", "Reader")],
            "role on TENANT has the name \"Reader\", which is compared letter for letter",
        ),
    ),
    asked(
        "getSelfServiceProfile",
        &[("id", "ssp_1")],
        absent(&[("id", "ssp_2")], "self service profile on TENANT has the ID \"ssp_2\""),
    ),
    asked("getSigningKeys", &[], None),
    asked("getTenant", &[], None),
    asked(
        "getTokenExchangeProfile",
        &[("id", "tep_1")],
        absent(&[("id", "tep_2")], "token exchange profile on TENANT has the ID \"tep_2\""),
    ),
    asked(
        "getUser",
        &[("userId", "auth0|ann")],
        absent(&[("userId", "auth0|bob")], "user on TENANT has the ID \"auth0|bob\""),
    ),
    asked(
        "getUserAttributeProfile",
        &[("userAttributeProfileId", "uap_1")],
        absent(
            &[("name", "nobody")],
            "user attribute profile on TENANT has the name \"nobody\", which is compared letter for letter",
        ),
    ),
    asked("getUserConnectedAccounts", &[("userId", "auth0|ann")], None),
    asked("getUserOrganizations", &[("userId", "auth0|ann")], None),
];

const ROLE_OF_ORGANIZATION: &[(&str, &str)] = &[("organizationId", "org_1"), ("roleId", "rol_1")];

/// A tenant with all of that, and a version of its module.
async fn seeded() -> Subject {
    let subject = Subject::start(seed()).await;
    let version = json!({
        "id": "ver_1", "module_id": "mod_1", "version_number": 1, "code": "module.exports = {};",
        "dependencies": [{"name": "left-pad", "version": "1.3.0"}], "secrets": [],
        "created_at": "2026-02-16T16:37:07.838451Z"
    });
    assert!(subject.tenant.hold("/actions/modules/mod_1/versions/ver_1", version));
    subject
}

fn arguments(asked: &[(&str, &str)]) -> Object {
    asked.iter().map(|(name, text)| ((*name).to_owned(), (*text).into())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_function_gives_what_its_rows_say_and_no_null() {
    let subject = seeded().await;
    let names: Vec<&str> = ALL.iter().map(|asked| asked.function).collect();
    let functions: Vec<&str> = PACKAGE.function_tables().map(|function| function.name).collect();
    assert_eq!(names, functions, "each is asked");
    for (function, asked) in PACKAGE.function_tables().zip(ALL) {
        let answer = subject.engine.invoke(&token(function.name), arguments(asked.found)).await;
        let answer = answer.unwrap_or_else(|failure| panic!("{}: {failure}", function.name));
        assert_eq!(answer.failures, [], "{}", function.name);
        assert_shape(function.name, function.output_fields(), &answer.inputs);
        for (name, text) in asked.found {
            assert_eq!(answer.inputs[*name], (*text).into(), "{} echoes {name}", function.name);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_an_error_that_says_what_was_looked_for() {
    let subject = seeded().await;
    for Asked { function, absent, .. } in ALL {
        let Some(Absent { asked, told }) = absent else { continue };
        let failure = subject.engine.invoke(&token(function), arguments(asked)).await;
        let failure = failure.expect_err(function).to_string();
        assert_eq!(subject.without_host(&failure), format!("NotFound: no {told}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_action_is_found_by_its_name_and_its_secrets_are_not_told() {
    let subject = Subject::start(seed()).await;
    let action = subject.invoke("getAction", [("name", "greet".into())]).await;
    let told = |name: &str| subject::json(&action[name]);
    assert_eq!(told("id"), "act_1");
    assert_eq!(told("supportedTriggers"), json!([{"id": "post-login", "version": "v3"}]));
    assert_eq!(told("secrets"), json!([]));
    assert_eq!(told("secretsWos"), json!([]));
    assert_eq!(
        subject.requests(),
        ["/api/v2/actions/actions?actionName=greet&page=0&per_page=100"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_module_is_told_with_its_versions_and_the_actions_that_use_it() {
    let subject = seeded().await;
    let action = json!({
        "id": "act_2", "name": "uses", "code": "", "modules": [
            {"module_id": "mod_1", "module_version_id": "ver_1", "module_version_number": 1}
        ], "supported_triggers": [{"id": "post-login", "version": "v3"}]
    });
    assert!(subject.tenant.hold("/actions/actions/act_2", action));
    let of_it = [("moduleId", "mod_1".into())];
    let actions = subject.invoke("getActionModuleActions", of_it.clone()).await;
    assert_eq!((&actions["id"], &actions["total"]), (&"mod_1".into(), &1.into()));
    assert_eq!(
        subject::json(&actions["actions"]),
        json!([{
            "actionId": "act_2", "actionName": "uses", "moduleVersionId": "ver_1",
            "moduleVersionNumber": 1.0, "supportedTriggers": []
        }])
    );
    let version = json!({
        "code": "module.exports = {};", "createdAt": "2026-02-16 16:37:07.838451 +0000 UTC",
        "dependencies": [{"name": "left-pad", "version": "1.3.0"}], "moduleId": "mod_1",
        "secrets": [], "versionNumber": 1.0
    });
    let with = |id: &str, name: &str| {
        let mut version = version.clone();
        version[name] = id.into();
        version
    };
    let versions = subject.invoke("getActionModuleVersions", of_it).await;
    assert_eq!(subject::json(&versions["versions"]), json!([with("ver_1", "id")]));
    let asked = [("moduleId", "mod_1".into()), ("versionId", "ver_1".into())];
    let mut found = subject.invoke("getActionModuleVersion", asked).await;
    assert_eq!(found.remove("id"), Some("mod_1:ver_1".into()));
    assert_eq!(subject::json(&found.into()), with("ver_1", "versionId"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_has_the_applications_that_may_use_it_and_its_secret_can_be_left_out() {
    let subject = Subject::start(seed()).await;
    let found = subject.invoke("getConnection", [("name", "corporate".into())]).await;
    let told = |found: &Object, name: &str| subject::json(&found[name]);
    assert_eq!(told(&found, "id"), "con_3");
    assert_eq!(told(&found, "enabledClients"), json!(["app"]));
    assert_eq!(told(&found, "options")[0]["clientSecret"], json!({"secret": "canary"}));
    assert_eq!(
        subject.requests(),
        [
            "/api/v2/connections?name=corporate&take=100",
            "/api/v2/connections/con_3/clients?take=100"
        ]
    );
    let asked = [
        ("connectionId", "con_3".into()),
        ("hideClientSecret", true.into()),
        ("skipEnabledClients", true.into()),
    ];
    let bare = subject.invoke("getConnection", asked).await;
    assert_eq!(told(&bare, "enabledClients"), json!([]));
    assert_eq!(told(&bare, "options")[0]["clientId"], "c");
    assert!(!Value::from(bare).contains_secret());
    assert_eq!(subject.requests(), ["/api/v2/connections/con_3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_says_where_it_is() {
    let subject = Subject::start(seed()).await;
    let tenant = subject.invoke("getTenant", []).await;
    let told = |name: &str| subject.without_host(tenant[name].as_str().expect("it is a text"));
    assert_eq!(told("domain"), "TENANT");
    assert_eq!(told("managementApiIdentifier"), "https://TENANT/api/v2/");
    assert_eq!(subject.requests(), ["/api/v2/tenants/settings"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_has_its_permissions_and_users_unless_they_are_left_out() {
    let subject = Subject::start(seed()).await;
    let role = subject.invoke("getRole", [("name", "reader".into())]).await;
    let told = |role: &Object, name: &str| subject::json(&role[name]);
    assert_eq!(told(&role, "id"), "rol_1");
    assert_eq!(told(&role, "description"), "Reads");
    assert_eq!(
        told(&role, "permissions"),
        json!([{
            "description": "Read orders", "name": "read:orders", "resourceServerIdentifier": API,
            "resourceServerName": "Orders"
        }])
    );
    assert_eq!(told(&role, "users"), json!(["auth0|ann"]));
    assert_eq!(
        subject.requests(),
        [
            "/api/v2/roles?name_filter=reader&page=0&per_page=100",
            "/api/v2/roles/rol_1/permissions?page=0&per_page=100",
            "/api/v2/roles/rol_1/users?take=100",
        ]
    );
    let skips =
        [("roleId", "rol_1".into()), ("skipPermissions", true.into()), ("skipUsers", true.into())];
    let bare = subject.invoke("getRole", skips).await;
    assert_eq!(told(&bare, "permissions"), json!([]));
    assert_eq!(told(&bare, "users"), json!([]));
    assert_eq!(subject.requests(), ["/api/v2/roles/rol_1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_of_an_organization_is_told_with_what_it_is() {
    let subject = Subject::start(seed()).await;
    let arguments = [("clientId", CLIENT.into()), ("organizationId", "org_1".into())];
    let client = subject.invoke("getOrganizationClient", arguments).await;
    let told = |name: &str| subject::json(&client[name]);
    assert_eq!((told("name"), told("appType")), (json!("portal"), json!("regular_web")));
    assert_eq!(told("useForMemberAccess"), true);
    assert_eq!(told("id"), format!("org_1::{CLIENT}"));
    let all = subject.invoke("getOrganizationClients", [("organizationId", "org_1".into())]).await;
    let all = subject::json(&all["clients"]);
    assert_eq!((&all[0]["clientId"], &all[0]["name"]), (&json!(CLIENT), &json!("portal")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_the_only_one_that_a_query_finds_with_roles_and_permissions() {
    let subject = Subject::start(seed()).await;
    let query = [("query", "email:\"ann@example.com\"".into())];
    let user = subject.invoke("getUser", query).await;
    let told = |name: &str| subject::json(&user[name]);
    assert_eq!(told("id"), "auth0|ann");
    assert_eq!(told("connectionName"), "people");
    assert_eq!(told("password"), "");
    assert_eq!((told("roles"), told("permissions")), (json!(["rol_1"]), json!([])));
    assert_eq!(
        subject.requests(),
        [
            "/api/v2/users?q=email%3A%22ann%40example.com%22&page=0&per_page=100",
            "/api/v2/users/auth0%7Cann/permissions?page=0&per_page=100",
            "/api/v2/users/auth0%7Cann/roles?page=0&per_page=100",
        ]
    );
    let skips = [
        ("userId", "auth0|ann".into()),
        ("skipPermissions", true.into()),
        ("skipRoles", true.into()),
    ];
    subject.invoke("getUser", skips).await;
    assert_eq!(subject.requests(), ["/api/v2/users/auth0%7Cann"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_of_a_name_the_first_is_taken_and_the_others_are_named() {
    let subject = Subject::start(seed()).await;
    let role = subject.invoke("getRole", [("name", "twin".into())]).await;
    assert_eq!(role["id"], "rol_2".into());
    assert_eq!(
        subject.warnings().await,
        [
            "several roles have the name \"twin\": rol_2 was taken, and not rol_3; give `roleId` to say \
          which one is meant"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organization_has_what_belongs_to_it_and_each_of_that_can_be_left_out() {
    let subject = Subject::start(seed()).await;
    let told = |found: &Object, name: &str| subject::json(&found[name]);
    let found = subject.invoke("getOrganization", [("name", "acme".into())]).await;
    assert_eq!(told(&found, "id"), "org_1");
    assert_eq!(told(&found, "metadata"), json!({"tier": "gold"}));
    assert_eq!(
        told(&found, "brandings"),
        json!([{"colors": {}, "logoUrl": "https://acme.example.com/logo.png"}])
    );
    assert_eq!(told(&found, "clientGrants"), json!(["cgr_1"]));
    assert_eq!(told(&found, "members"), json!(["auth0|ann"]));
    assert_eq!(
        told(&found, "connections"),
        json!([{
            "assignMembershipOnLogin": false, "connectionId": "con_1", "isEnabled": true,
            "isSignupEnabled": false, "organizationAccessLevel": "none",
            "organizationConnectionName": "", "showAsButton": true
        }]),
        "those that are on"
    );
    for (skipped, list) in [
        ("skipClientGrants", "clientGrants"),
        ("skipConnections", "connections"),
        ("skipMembers", "members"),
    ] {
        let asked = [("organizationId", "org_1".into()), (skipped, true.into())];
        let found = subject.invoke("getOrganization", asked).await;
        for name in ["clientGrants", "connections", "members"] {
            let is_empty = told(&found, name) == json!([]);
            assert_eq!(is_empty, name == list, "{name} where {skipped}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_grants_of_an_organization_are_told_however_many() {
    let range = || 0..120;
    let api = |n: i32| format!("https://{n}.example.com/");
    let subject = Subject::start(json!({
        "resource_servers": range().map(|n| json!({"identifier": api(n)})).collect::<Json>(),
        "clients": [{"name": "app", "client_id": "app", "app_type": "non_interactive"}],
        "client_grants": range().map(|n| json!({
            "id": format!("cgr_{n}"), "client_id": "app", "audience": api(n), "scope": [],
            "organization_usage": "allow"
        })).collect::<Json>(),
        "organizations": [{"id": "org_1", "name": "acme"}],
        "organizations/org_1/client-grants":
            range().map(|n| json!({"grant_id": format!("cgr_{n}")})).collect::<Json>()
    }))
    .await;
    let asked = [("organizationId", "org_1".into()), ("skipMembers", true.into())];
    let found = subject.invoke("getOrganization", asked).await;
    assert_eq!(found["clientGrants"].as_array().map(<[Value]>::len), Some(120));
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_told_with_an_id_that_stays() {
    let subject = Subject::start(json!({})).await;
    let keys = subject.invoke("getSigningKeys", []).await;
    assert_eq!(subject::json(&keys["signingKeys"])[0]["current"], true);
    assert_eq!(subject.invoke("getSigningKeys", []).await["id"], keys["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_api_is_found_by_its_identifier_and_its_secret_is_marked() {
    let subject = Subject::start(seed()).await;
    let api = subject.invoke("getResourceServer", [("identifier", API.into())]).await;
    let told = |name: &str| subject::json(&api[name]);
    assert_eq!(told("id"), "api_1");
    assert_eq!(told("signingSecret"), json!({"secret": "canary-of-sixteen-letters"}));
    assert_eq!(told("scopes"), json!([{"description": "Read orders", "name": "read:orders"}]));
    assert_eq!(subject.requests().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_below_a_parent_are_told_with_what_was_asked_for() {
    let organization = json!([{
        "brandings": [{"colors": {}, "logoUrl": "https://acme.example.com/logo.png"}],
        "displayName": "Acme", "isAppEntitlementActive": false, "metadata": {"tier": "gold"},
        "name": "acme", "organizationId": "org_1", "thirdPartyClientAccess": "block",
        "tokenQuotas": []
    }]);
    let subject = Subject::start(seed()).await;
    for (function, argument, id) in [
        ("getUserOrganizations", "userId", "auth0|ann"),
        ("getClientGrantOrganizations", "clientGrantId", "cgr_1"),
    ] {
        let found = subject.invoke(function, [(argument, id.into())]).await;
        assert_eq!(subject::json(&found["organizations"]), organization, "{function}");
        assert_eq!(found["id"], id.into(), "{function}");
    }
    let role = [("organizationId", "org_1".into()), ("roleId", "rol_1".into())];
    let members = subject.invoke("getOrganizationRoleMembers", role).await;
    assert_eq!(subject::json(&members["members"])[0]["userId"], "auth0|ann");
    assert_eq!(members["id"], "org_1::rol_1".into());
}

#[tokio::test(flavor = "multi_thread")]
async fn organizations_are_listed_and_the_id_says_for_which_application() {
    let subject = Subject::start(seed()).await;
    let all = subject.invoke("getOrganizations", []).await;
    assert_eq!(all["id"], "organizations".into());
    assert_eq!(subject::json(&all["organizations"])[0]["clients"], json!([]));
    let asked = [("includeClientAssociationFor", "app".into())];
    let of_app = subject.invoke("getOrganizations", asked).await;
    assert_eq!(of_app["id"], "organizations-app".into());
    assert_eq!(
        subject.requests(),
        [
            "/api/v2/organizations?take=100",
            "/api/v2/organizations?include_client_association_for=app&take=100",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn policies_are_listed_by_what_is_asked_for() {
    let subject = Subject::start(seed()).await;
    let found = subject.invoke("getRateLimitPolicies", [("consumer", "client".into())]).await;
    let policies = subject::json(&found["rateLimitPolicies"]);
    assert_eq!(policies[0]["id"], "rlp_1");
    assert_eq!(
        policies[0]["configurations"],
        json!([{"action": "block", "limit": 100.0, "redirectUri": ""}])
    );
    assert_eq!(subject.requests(), ["/api/v2/rate-limit-policies?consumer=client&take=100"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_of_a_role_is_asked_for_with_its_type() {
    let subject = Subject::start(json!({})).await;
    let asked = object([("name", "reader".into()), ("ownerId", "org_1".into())]);
    let answer = subject.engine.invoke(&token("getRole"), asked).await.expect("it answers");
    let [failure] = &answer.failures[..] else { panic!("{:?}", answer.failures) };
    assert!(failure.to_string().starts_with("type: "), "{failure}");
    assert_eq!(subject.requests(), [""; 0]);
}

/// Fails where the values are not of the shape that the rows say, at any level.
fn assert_shape(at: &str, rows: &[Field], values: &Object) {
    for row in rows {
        let at = format!("{at}.{}", row.name);
        let Some(value) = values.get(row.name) else {
            assert_eq!(row.presence, Presence::Optional, "{at} is always there");
            continue;
        };
        let secret = row.secret && !is_zero(value);
        assert_eq!(matches!(value, Value::Secret(_)), secret, "{at}: the mark");
        assert_kind(&at, row.kind, &value.clone().reveal_one());
    }
    let known = |name: &str| rows.iter().any(|row| row.name == name);
    let unknown: Vec<&String> = values.keys().filter(|name| !known(name)).collect();
    assert!(unknown.is_empty(), "{at}: no rows for {unknown:?}");
}

fn assert_kind(at: &str, kind: Kind, value: &Value) {
    match (kind, value) {
        (Kind::Bool, Value::Bool(_))
        | (Kind::Int | Kind::Number, Value::Number(_))
        | (Kind::String, Value::String(_)) => {}
        (Kind::List(of), Value::Array(items)) => {
            items.iter().for_each(|item| assert_kind(at, *of, item));
        }
        (Kind::Map(of), Value::Object(entries)) => {
            entries.values().for_each(|entry| assert_kind(at, *of, entry));
        }
        (Kind::Object(of), Value::Object(values)) => assert_shape(at, of.fields, values),
        (Kind::Any, _) => {}
        (kind, value) => panic!("{at}: expected {}, got {value:?}", kind.noun()),
    }
}

trait RevealOne {
    fn reveal_one(self) -> Value;
}

impl RevealOne for Value {
    /// Without the outermost mark.
    fn reveal_one(self) -> Value {
        match self {
            Value::Secret(inner) => *inner,
            other => other,
        }
    }
}
