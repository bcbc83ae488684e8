//! One resource under test, between the plugin's server and a tenant.

use auth0_local_tenant::{Entry, Options, Running, Tenant};
use pulumi_resource_auth0::auth0::PACKAGE;
use pulumi_resource_auth0::resources::CLIENT_GRANT;
use pulumi_rs_sdk::provider::Known;
use pulumi_rs_sdk::table::rest::Class;
use pulumi_rs_sdk::table::{Field, Presence, Resource};
use pulumi_rs_sdk::testing::{
    Changes, Check, Client, Create, Delete, Diff, Diffed, Read, Update, urn,
};
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::{Value as Json, json};
use tests::{Pick, sample};

use crate::document::document;
use crate::engine;

/// A provider that is configured for a tenant of its own.
pub struct Subject {
    pub tenant: Running,
    pub engine: Client,
}

/// A resource as the state holds it.
#[derive(Clone, Debug)]
pub struct Stored {
    pub id: String,
    pub state: Known,
}

impl Subject {
    pub async fn start() -> Self {
        // A client for each grant: the API holds one grant of a client and API.
        let owners =
            CLIENT_GRANT.inputs().map(|field| json!({"name": "owner", "client_id": owner(field)}));
        let mut owners: Vec<_> = owners.collect();
        owners.push(json!({"name": "of an organization", "client_id": CLIENT_ID}));
        // Samples of an action's ID.
        let actions = ["one", "two"].map(|id| {
            json!({
                "id": id,
                "name": id,
                "code": "exports.onExecutePostLogin = async () => {};",
                "supported_triggers": [{"id": "post-login", "version": "v3"}]
            })
        });
        let modules = ["one", "two"].map(|id| json!({"id": id, "name": id, "code": ""}));
        let seed = serde_json::from_value(json!({
            "resource_servers": [{
                "identifier": "https://api.example.com/",
                "scopes": [{"value": "one"}, {"value": "two"}]
            }],
            "clients": owners,
            "actions/actions": actions,
            "actions/modules": modules,
            "users": [
                {"user_id": "one", "connection": "Username-Password-Authentication"},
                {"user_id": "two", "connection": "Username-Password-Authentication"}
            ]
        }));
        let tenant =
            Tenant::start(Options { seed: seed.expect("the seed is one"), ..Options::default() })
                .expect("the tenant starts");
        for id in ["one", "two"] {
            let version = json!({"id": id, "module_id": id, "version_number": 1, "code": ""});
            assert!(tenant.hold(&format!("/actions/modules/{id}/versions/{id}"), version));
        }
        let engine = engine::configured(engine::of(&tenant)).await;
        Subject { tenant, engine }
    }

    /// A tenant of its own for what is settings, which stay behind where the program ends.
    pub async fn of_its_own(resource: &Resource) -> Option<Self> {
        let stays = resource.class.is_settings() || matches!(resource.class, Class::Parts(_));
        match stays {
            true => Some(Self::start().await),
            false => None,
        }
    }

    /// The provider of a later update, which knows nothing of the one before.
    pub async fn another_engine(&self) -> Client {
        engine::configured(engine::of(&self.tenant)).await
    }

    /// What the Management API answers to a POST of somebody else.
    pub fn post(&self, collection: &str, body: Json) -> Json {
        let url = format!("{}/api/v2/{collection}", self.tenant.base_url());
        let answer = ureq::post(&url).header("authorization", self.bearer()).send_json(body);
        let text = answer.expect("the tenant takes it").body_mut().read_to_string();
        match text.expect("it answers").as_str() {
            "" => Json::Null,
            text => serde_json::from_str(text).expect("it answers in JSON"),
        }
    }

    /// What the Management API has changed for somebody else.
    pub fn patch(&self, path: &str, body: Json) {
        let url = format!("{}/api/v2/{path}", self.tenant.base_url());
        let answer = ureq::patch(&url).header("authorization", self.bearer()).send_json(body);
        answer.expect("the tenant takes it");
    }

    /// What the Management API answers to somebody else.
    pub fn get(&self, path: &str) -> Json {
        let url = format!("{}/api/v2/{path}", self.tenant.base_url());
        let answer = ureq::get(&url).header("authorization", self.bearer()).call();
        answer.expect("the tenant has it").body_mut().read_json().expect("it answers in JSON")
    }

    /// The ids of the objects of a collection that have the text among their members.
    pub fn ids(&self, collection: &str, id: &str, text: &str) -> Vec<String> {
        let all = self.get(collection);
        let found = all.as_array().into_iter().flatten().filter(|object| {
            object.as_object().is_some_and(|members| members.values().any(|value| value == text))
        });
        found.filter_map(|object| object[id].as_str()).map(str::to_owned).collect()
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", self.tenant.token())
    }
    pub fn urn(&self, resource: &Resource) -> String {
        of(resource)
    }

    /// The tenant's host and port.
    pub fn domain(&self) -> String {
        self.tenant.base_url().trim_start_matches("http://").to_owned()
    }

    /// The least that a program has to give for the resource, to try `field` on it: what its rows require, parents
    /// that are made for it, and what its rules or the tenant want besides.
    pub fn least(&self, resource: &Resource, field: &Field) -> Object {
        let mut given: Object = resource
            .inputs()
            .filter(|row| row.presence == Presence::Required)
            .map(|row| {
                let parent = self.parent(resource, row.name);
                let value = parent.map_or_else(|| sample(row, Pick::First), Value::from);
                (row.name.to_owned(), value)
            })
            .collect();
        let besides: &[(&str, Value)] = match resource.name {
            "Action" | "ActionModule" | "Client" | "Role" => &[("name", "a name".into())],
            "Connection" => &[
                ("name", format!("c-{}", fastrand::u32(..)).into()),
                ("strategy", if field.name.starts_with("cross") { "oidc" } else { "auth0" }.into()),
            ],
            "EventStream" => {
                let (kind, row) = match field.name {
                    "actionConfiguration" => ("action", field),
                    "eventbridgeConfiguration" => ("eventbridge", field),
                    _ => ("webhook", resource.field("webhookConfiguration").expect("it is a row")),
                };
                &[
                    ("destinationType", kind.into()),
                    ("name", "a name".into()),
                    (row.name, sample(row, Pick::First)),
                ]
            }
            "LogStream" => &[
                ("name", "a name".into()),
                ("type", "http".into()),
                (
                    "sink",
                    Object::from([("httpEndpoint".into(), "https://one.example.com".into())])
                        .into(),
                ),
            ],
            "ResourceServer" => &[
                ("identifier", format!("https://{}.example.com/", fastrand::u32(..)).into()),
                ("name", "a name".into()),
            ],
            "ResourceServerScope" | "ResourceServerScopes" => {
                &[("resourceServerIdentifier", self.api().into())]
            }
            "TokenExchangeProfile" => &[
                ("actionId", "an action".into()),
                ("subjectTokenType", "https://one.example.com/token".into()),
                ("type", "custom_authentication".into()),
            ],
            "ClientGrant" => &[
                ("clientId", owner(field).into()),
                ("audience", "https://api.example.com/".into()),
                ("scopes", Value::from(vec!["one"])),
            ],
            "PromptScreenRenderer" if field.is_replacing() => &[("usePageTemplate", true.into())],
            "PromptScreenPartials" => {
                let pieces = Object::from([("formContentEnd".to_owned(), "<p>".into())]);
                let screen = [
                    ("insertionPoints".to_owned(), pieces.into()),
                    ("screenName".to_owned(), "a screen".into()),
                ];
                &[("screenPartials", Value::Array(vec![Object::from(screen).into()]))]
            }
            "EmailProvider" => &[("name", "ses".into())],
            "Prompt" if field.name == "identifierFirst" => {
                &[("universalLoginExperience", "new".into())]
            }
            "Prompt" => &[("identifierFirst", true.into())],
            _ => &[],
        };
        given.extend(besides.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        if resource.name.starts_with("OrganizationMemberRole")
            && let [Some(organization), Some(user)] =
                ["organizationId", "userId"].map(|row| given[row].as_str())
        {
            self.post(&format!("organizations/{organization}/members"), json!({"members": [user]}));
        }
        given
    }

    /// The identifier of a new API.
    fn api(&self) -> String {
        let identifier = format!("https://{}.example.com/", fastrand::u32(..));
        self.post("resource-servers", json!({"identifier": identifier}));
        identifier
    }

    /// The ID of a new object that a row of that name refers to; `None` where it refers to none.
    fn parent(&self, resource: &Resource, row: &str) -> Option<String> {
        let (collection, body) = match row {
            "userId" => {
                let email = format!("u-{}@example.com", fastrand::u32(..));
                let body =
                    json!({"connection": "Username-Password-Authentication", "email": email});
                return self.post("users", body)["user_id"].as_str().map(str::to_owned);
            }
            "connectionId" => {
                let name = format!("c-{}", fastrand::u32(..));
                // What is set up at the other end is there for connections of enterprises.
                let is_enterprise = resource.name.starts_with("Connection");
                let strategy = if is_enterprise { "okta" } else { "auth0" };
                ("connections", json!({"name": name, "strategy": strategy}))
            }
            "grantId" => {
                let client = self.post("clients", json!({"name": "granted"}));
                let grant = json!({"client_id": client["client_id"], "scope": ["one"],
                    "audience": "https://api.example.com/"});
                ("client-grants", grant)
            }
            "clientId" if resource.name == "OrganizationClient" => {
                let client = self.post("clients", json!({"name": "of an organization"}));
                return client["client_id"].as_str().map(str::to_owned);
            }
            "externalClientId" => {
                let address = format!("https://{}.example.com/client.json", fastrand::u32(..));
                let document = json!({"client_name": "App", "grant_types": ["authorization_code"],
                    "redirect_uris": ["https://one.example.com/"],
                    "token_endpoint_auth_method": "none"});
                self.tenant.publish(&address, document);
                return Some(address);
            }
            "ssoId" => ("self-service-profiles", json!({"name": "a profile"})),
            "roleId" => ("roles", json!({"name": "a role"})),
            "organizationId" => {
                ("organizations", json!({"name": format!("o-{}", fastrand::u32(..))}))
            }
            _ => return None,
        };
        self.post(collection, body)["id"].as_str().map(str::to_owned)
    }

    /// The requests since the last call, but for those to the token endpoint; each of them is one that
    /// the API's document describes.
    pub fn requests(&self) -> Vec<Entry> {
        let mut requests = self.tenant.requests();
        self.tenant.clear_requests();
        requests.retain(|request| request.path != "/oauth/token");
        if let Some(document) = document() {
            for Entry { method, path, request_body, .. } in &requests {
                let complaints = document.complaints(method, path, request_body);
                assert!(complaints.is_empty(), "{complaints:#?}");
            }
        }
        requests
    }

    pub async fn check(&self, resource: &Resource, news: &Object, olds: &Object) -> Object {
        let checked = self
            .engine
            .check(Check {
                urn: of(resource),
                olds: olds.clone(),
                news: news.clone(),
                seed: vec![7; 32],
                autonaming: None,
            })
            .await
            .expect("Check answers");
        assert!(checked.failures.is_empty(), "{news:?}: {:?}", checked.failures);
        checked.inputs
    }

    pub async fn create(&self, resource: &Resource, inputs: &Object) -> Result<Stored, String> {
        let create = Create { urn: of(resource), inputs: inputs.clone(), ..Create::default() };
        let created = self.engine.create(create).await.map_err(|failure| failure.message)?;
        let state = Known { inputs: inputs.clone(), outputs: created.outputs };
        Ok(Stored { id: created.id, state })
    }

    pub async fn diff(&self, resource: &Resource, old: &Stored, news: &Object) -> Diffed {
        let diff = Diff {
            urn: of(resource),
            id: old.id.clone(),
            old: old.state.clone(),
            news: news.clone(),
            ..Diff::default()
        };
        self.engine.diff(diff).await.expect("Diff answers")
    }

    pub async fn read(
        &self,
        resource: &Resource,
        id: &str,
        known: Option<Known>,
    ) -> Option<Stored> {
        let read = Read { urn: of(resource), id: id.to_owned(), known, ..Read::default() };
        let read = self.engine.read(read).await.expect("the tenant answers")?;
        let state = Known { inputs: read.inputs, outputs: read.outputs };
        Some(Stored { id: read.id, state })
    }

    pub async fn update(
        &self,
        resource: &Resource,
        old: &Stored,
        news: &Object,
    ) -> Result<Stored, String> {
        let update = Update {
            urn: of(resource),
            id: old.id.clone(),
            old: old.state.clone(),
            news: news.clone(),
            ..Update::default()
        };
        let outputs = self.engine.update(update).await.map_err(|failure| failure.message)?;
        Ok(Stored { id: old.id.clone(), state: Known { inputs: news.clone(), outputs } })
    }

    /// Deletes it as the next operation of an engine does: what the one before has seen stays, whatever asks.
    pub async fn delete(&self, resource: &Resource, old: &Stored) {
        engine::configure(&self.engine, engine::of(&self.tenant)).await;
        let delete = Delete {
            urn: of(resource),
            id: old.id.clone(),
            old: old.state.clone(),
            ..Delete::default()
        };
        self.engine.delete(delete).await.expect("it can be deleted");
    }

    /// Asserts that neither the program nor a refresh changes anything, not even in the state.
    pub async fn settled(&self, resource: &Resource, old: &Stored, news: &Object, when: &str) {
        let diff = self.diff(resource, old, news).await;
        assert_eq!(diff.changes, Changes::None, "{when}: {diff:?}");
        let read = self.read(resource, &old.id, Some(old.state.clone())).await;
        let read = read.unwrap_or_else(|| panic!("{when}: gone"));
        assert_eq!(read.state.inputs, old.state.inputs, "{when}, refreshed");
        for (name, value) in &read.state.outputs {
            assert_eq!(Some(value), old.state.outputs.get(name), "{when}, refreshed: {name}");
        }
        let diff = self.diff(resource, &read, news).await;
        assert_eq!(diff.changes, Changes::None, "{when}, refreshed: {diff:?}");
    }
}

/// A sample of a client's ID.
const CLIENT_ID: &str = "abcdefghijklmnopqrstuvwxyzABCDEF";

fn owner(field: &Field) -> String {
    format!("owner-of-{}", field.name)
}

fn of(resource: &Resource) -> String {
    urn(&PACKAGE.resource_token(resource), "subject")
}
