//! What a recorded test found there: objects that it read, or changed, and did not make.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use super::binding::is_id;
use super::listed::listed;
use super::recording::Interaction;

/// An object that was there before the test.
pub struct Found<'a> {
    /// What first shows it.
    pub interaction: &'a Interaction,
    /// Where it stands.
    pub at: At,
    /// The object.
    pub value: Value,
}

/// Where an object stands, by the path of what shows it.
pub enum At {
    /// There.
    Path,
    /// Below it, under an id that was listed.
    Listed(String),
    /// Among the custom domains, under this id.
    Domain(String),
    /// At its first two segments: something below it was read, and the object itself never.
    Parent,
}

/// The objects that were there before the test.
///
/// What a test reads before it writes it is as it was; of what it changes first, the members that it did not
/// send are. Of what a list shows, those elements are taken that the test goes on with.
pub fn found(test: &[Interaction]) -> Vec<Found<'_>> {
    let (mut made, mut seen, mut found) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    made.extend(
        global_clients(test).iter().filter_map(|c| c["client_id"].as_str()).map(str::to_owned),
    );
    for (index, interaction) in test.iter().enumerate() {
        let segments = interaction.segments();
        let is_new = seen.insert(interaction.path.clone());
        let decoded = |segment: &&str| percent_decode_str(segment).decode_utf8_lossy().into_owned();
        let is_of_made = segments.iter().any(|segment| made.contains(&decoded(segment)));
        for domain in domains(&test[..index], interaction) {
            let id = domain["custom_domain_id"].as_str().unwrap_or_default().to_owned();
            if made.insert(id.clone()) {
                found.push(Found { interaction, at: At::Domain(id), value: domain });
            }
        }
        if interaction.succeeded() && is_new && !is_of_made {
            match (interaction.method.as_str(), &interaction.response_body) {
                ("GET", Value::Object(_) | Value::Array(_)) if interaction.query.is_empty() => {
                    let value = interaction.response_body.clone();
                    found.push(Found { interaction, at: At::Path, value });
                }
                ("PATCH", Value::Object(answer)) => {
                    let mut before = answer.clone();
                    // Some members are only in the answer to a read.
                    if let Some(read) = next_read(&test[index + 1..], &interaction.path) {
                        read.into_iter().for_each(|(key, value)| {
                            before.entry(key).or_insert(value);
                        });
                    }
                    without(&mut before, &interaction.request_body);
                    found.push(Found { interaction, at: At::Path, value: before.into() });
                }
                ("PUT", _) if interaction.status == 204 && is_page_template(interaction) => {
                    // It is answered otherwise where none was there.
                    found.push(Found { interaction, at: At::Path, value: json!({"body": ""}) });
                }
                _ => {}
            }
        }
        if let [kind, id, _, ..] = segments.as_slice()
            && interaction.method == "GET"
            && interaction.succeeded()
            && !is_of_made
        {
            let parent = format!("/api/v2/{kind}/{id}");
            if test.iter().all(|other| other.path != parent) && seen.insert(parent) {
                let id = decoded(id);
                let value = json!({"id": id, "user_id": id});
                found.push(Found { interaction, at: At::Parent, value });
            }
        }
        if interaction.method == "GET" && interaction.succeeded() {
            let shows_all = interaction.query.iter().all(|(name, _)| name != "fields");
            for (id, value) in listed(&interaction.response_body).filter(|_| shows_all) {
                let is_used = test[index + 1..].iter().any(|later| later.mentions(&id));
                if is_used && made.insert(id.clone()) {
                    found.push(Found { interaction, at: At::Listed(id), value });
                }
            }
        }
        if interaction.method == "POST" && interaction.succeeded() {
            ids(&interaction.response_body, &mut made);
            let named = interaction.response_body.as_object().into_iter().flatten();
            made.extend(named.filter_map(|(_, value)| value.as_str()).map(str::to_owned));
        }
        if interaction.method == "POST" || interaction.method == "PUT" {
            seen.insert(interaction.path.clone());
        }
    }
    found
}

fn is_page_template(interaction: &Interaction) -> bool {
    interaction.path.ends_with("/branding/templates/universal-login")
}

/// The custom domains that an answer shows at another path than theirs. It counts whether a tenant has one
/// already: the first is its primary domain.
fn domains(before: &[Interaction], interaction: &Interaction) -> Vec<Value> {
    let is_first = !before.iter().any(|i| i.is_write() && i.path == interaction.path);
    match (interaction.path.as_str(), &interaction.response_body) {
        (_, answer) if !interaction.succeeded() || answer.is_null() => Vec::new(),
        ("/api/v2/custom-domains", made) if interaction.is_write() => {
            let other = json!({
                "custom_domain_id": "cd_primary",
                "domain": "primary.example.com",
                "primary": true,
            });
            let is_second = is_first && made["primary"] == false;
            if is_second { vec![other] } else { Vec::new() }
        }
        ("/api/v2/custom-domains", Value::Array(listed)) => listed.clone(),
        ("/api/v2/custom-domains", answer) => {
            answer["custom_domains"].as_array().cloned().unwrap_or_default()
        }
        ("/api/v2/custom-domains/default", answer) => vec![answer.clone()],
        _ => Vec::new(),
    }
}

/// What the test reads at a path next, without what it sent there before.
fn next_read(rest: &[Interaction], path: &str) -> Option<Map<String, Value>> {
    let mut there = rest.iter().filter(|interaction| interaction.path == path);
    let mut sent = BTreeSet::new();
    let next = there.find(|interaction| {
        sent.extend(interaction.request_body.as_object().into_iter().flat_map(Map::keys).cloned());
        interaction.method == "GET" && interaction.succeeded()
    })?;
    let mut read = next.response_body.as_object()?.clone();
    read.retain(|key, _| !sent.contains(key));
    Some(read)
}

/// Takes what was sent out of an object, and out of the objects in it.
fn without(entity: &mut Map<String, Value>, sent: &Value) {
    for (key, sent) in sent.as_object().into_iter().flatten() {
        match (entity.get_mut(key), sent) {
            (Some(Value::Object(entity)), Value::Object(_)) => without(entity, sent),
            _ => {
                entity.remove(key);
            }
        }
    }
}

fn ids(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(entity) => {
            for (key, value) in entity {
                match value {
                    Value::String(id) if is_id(key) => {
                        found.insert(id.clone());
                    }
                    other => ids(other, found),
                }
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| ids(element, found)),
        _ => {}
    }
}

/// The clients of all applications that the test found there, which no request can make, with the
/// settings that they are first seen with.
pub fn global_clients(test: &[Interaction]) -> Vec<Map<String, Value>> {
    let asks = |i: &&Interaction| i.query.contains(&("is_global".to_owned(), "true".to_owned()));
    let listed = test.iter().filter(asks).filter_map(|i| i.response_body["clients"].as_array());
    let ids: BTreeSet<_> = listed.flatten().filter_map(|c| c["client_id"].as_str()).collect();
    let seed = |id: &str| {
        let is_seen = |i: &&Interaction| i.response_body["client_id"] == id && i.query.is_empty();
        let seen = test.iter().find(is_seen).map(|i| i.response_body.clone());
        let mut client = seen.and_then(|seen| seen.as_object().cloned()).unwrap_or_default();
        client.retain(|key, _| SEEDED.contains(&key.as_str()));
        client.entry("name").or_insert_with(|| "All Applications".into());
        client.insert("client_id".into(), id.into());
        client.insert("global".into(), true.into());
        client
    };
    ids.into_iter().map(seed).collect()
}

/// Settings of a client that was there before, as far as a POST could make them.
const SEEDED: &[&str] =
    &["name", "callbacks", "is_first_party", "sso_disabled", "custom_login_page"];
