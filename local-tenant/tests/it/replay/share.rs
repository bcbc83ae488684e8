//! The share of recorded interactions, writes and whole tests that the tenant conforms to.

use std::collections::BTreeSet;

use auth0_local_tenant::{Options, Seed};
use serde_json::Value;

use super::binding::Binding;
use super::comparison::difference;
use super::recording::{FILE_VARIABLE, Interaction, recordings};
use crate::caller::Caller;

/// What must conform, in per cent, a little under what was measured.
const FLOOR_INTERACTIONS: usize = 97;
const FLOOR_WRITES: usize = 96;
const FLOOR_TESTS: usize = 95;

#[derive(Debug, Default)]
struct Tally {
    good: usize,
    all: usize,
}

impl Tally {
    fn add(&mut self, good: bool) {
        self.good += usize::from(good);
        self.all += 1;
    }

    fn per_cent(&self) -> usize {
        100 * self.good / self.all.max(1)
    }

    fn print(&self, what: &str) {
        println!("{what}: {} of {}, {} %", self.good, self.all, self.per_cent());
    }
}

#[test]
fn the_tenant_answers_as_the_recordings_say() {
    let Some(tests) = recordings() else { return };
    let (mut interactions, mut writes, mut whole) =
        (Tally::default(), Tally::default(), Tally::default());
    for test in &tests {
        let differences = replay(test);
        for (interaction, difference) in test.iter().zip(&differences) {
            interactions.add(difference.is_none());
            if interaction.is_write() {
                writes.add(difference.is_none());
            }
            if let Some(difference) = difference {
                let Interaction { source, test, seq, method, path, .. } = interaction;
                println!("{source} {test} {seq} {method} {path}: {difference}");
            }
        }
        whole.add(differences.iter().all(Option::is_none));
    }
    interactions.print("interactions");
    writes.print("writes");
    whole.print("whole tests");
    if std::env::var_os(FILE_VARIABLE).is_none() {
        assert!(interactions.per_cent() >= FLOOR_INTERACTIONS);
        assert!(writes.per_cent() >= FLOOR_WRITES);
        assert!(whole.per_cent() >= FLOOR_TESTS);
    }
}

/// Replays one test against a tenant of its own; what differs, interaction by interaction.
fn replay(test: &[Interaction]) -> Vec<Option<String>> {
    let seed = Seed { clients: global_clients(test), ..Seed::default() };
    let caller = Caller::start(Options { seed, ..Options::default() });
    let mut binding = Binding::new(caller.tenant.base_url());
    for client in global_clients(test) {
        let id = client["client_id"].as_str().unwrap();
        binding.bind(id, id);
    }
    test.iter().map(|interaction| step(&caller, &mut binding, interaction)).collect()
}

fn step(caller: &Caller, binding: &mut Binding, interaction: &Interaction) -> Option<String> {
    let body = binding.value(&interaction.request_body);
    let body = (!body.is_null()).then_some(&body);
    let reply = caller.send(&interaction.method, &binding.target(interaction), body);
    if reply.status != interaction.status {
        let Interaction { status, request_body, .. } = interaction;
        return Some(format!("{} {}, recorded {status} {request_body}", reply.status, reply.text));
    }
    let ours = reply.json();
    if interaction.method == "POST" && interaction.status < 300 {
        binding.learn(&interaction.response_body, &ours);
    }
    let recorded = &interaction.response_body;
    if recorded["is_system"] == true && !recorded["id"].as_str().is_some_and(|id| binding.knows(id))
    {
        // An API of the recorded tenant itself; ours has other scopes, those of its own document.
        return None;
    }
    let (recorded, ours) = without_foreign(binding, interaction, ours);
    difference(interaction, &binding.value(&recorded), &ours)
}

/// Recorded and our list without what the recorded test did not make; other bodies as they are.
fn without_foreign(binding: &Binding, interaction: &Interaction, ours: Value) -> (Value, Value) {
    let recorded = interaction.response_body.clone();
    let lists = ["clients", "client_grants", "resource_servers", "organizations", "connections"];
    let listed = lists.into_iter().find_map(|key| Some((key, recorded.get(key)?.as_array()?)));
    let Some((key, listed)) = listed.filter(|_| interaction.method == "GET") else {
        return (recorded, ours);
    };
    let id = if key == "clients" { "client_id" } else { "id" };
    let id = |entity: &Value| entity[id].as_str().unwrap_or_default().to_owned();
    let own: Vec<_> = listed.iter().filter(|e| binding.knows(&id(e))).cloned().collect();
    let ids: Vec<String> = own.iter().map(|e| binding.text(&id(e))).collect();
    let listed_here = ours[key].as_array().cloned().unwrap_or_default();
    // Ours in the recorded order: the real API lists in an order of its own.
    let same: Vec<_> =
        ids.iter().filter_map(|wanted| listed_here.iter().find(|e| id(e) == *wanted)).collect();
    let foreign = own.len() != listed.len() || listed_here.len() != same.len();
    let (mut recorded, mut mine) = (recorded.clone(), ours.clone());
    if foreign {
        for list in [&mut recorded, &mut mine] {
            list.as_object_mut().unwrap().remove("total");
        }
    }
    recorded[key] = own.into();
    mine[key] = same.into_iter().cloned().collect();
    (recorded, mine)
}

/// The clients of all applications that the test found there, which no request can make, with the
/// settings that they are first seen with.
fn global_clients(test: &[Interaction]) -> Vec<Map> {
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

type Map = serde_json::Map<String, Value>;
