//! The share of recorded answers, writes and whole tests that the tenant reproduces.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use auth0_local_tenant::{Options, Seed};

use super::binding::{Binding, is_id};
use super::comparison::difference;
use super::elsewhere::published;
use super::found::{Found, found, global_clients};
use super::listed::without_foreign;
use super::recording::{Interaction, OTHERS, recordings};
use super::tally::{Share, print};
use super::unlike;
use crate::caller::Caller;

/// What of each kind must be reproduced, in tenths of a per cent: answers and writes, a little under what was
/// measured. They are only raised.
const FLOORS: &[(&str, usize, usize)] = &[
    ("actions", 990, 990),
    ("anomaly", 1000, 1000),
    ("attack-protection", 950, 940),
    ("branding", 990, 985),
    ("client-grants", 1000, 1000),
    ("clients", 995, 1000),
    ("connection-profiles", 1000, 1000),
    ("connections", 995, 990),
    ("custom-domains", 850, 925),
    ("email-templates", 1000, 1000),
    ("emails", 1000, 1000),
    ("event-streams", 780, 820),
    ("flows", 1000, 1000),
    ("forms", 1000, 1000),
    ("guardian", 1000, 1000),
    ("hooks", 1000, 1000),
    ("keys", 985, 960),
    ("log-streams", 990, 1000),
    ("network-acls", 1000, 1000),
    ("organizations", 995, 1000),
    ("prompts", 1000, 1000),
    ("rate-limit-policies", 1000, 1000),
    ("resource-servers", 1000, 1000),
    ("risk-assessments", 1000, 1000),
    ("roles", 1000, 1000),
    ("rules", 1000, 1000),
    ("rules-configs", 1000, 1000),
    ("self-service-profiles", 1000, 1000),
    ("sessions", 1000, 1000),
    ("tenants", 955, 855),
    ("token-exchange-profiles", 1000, 1000),
    ("user-attribute-profiles", 1000, 1000),
    ("user-blocks", 1000, 1000),
    ("users", 990, 980),
    ("users-by-email", 1000, 1000),
];

/// The same of all kinds, and of whole tests.
const FLOOR_ANSWERS: usize = 985;
const FLOOR_WRITES: usize = 980;
const FLOOR_TESTS: usize = 925;

/// Prints the differences of this kind alone, replays only the tests in which it occurs, and holds only its floor.
const KIND: &str = "AUTH0_REPLAY_KIND";

#[test]
fn the_tenant_answers_as_the_recordings_say() {
    let Some(mut tests) = recordings() else { return };
    let wanted = std::env::var(KIND).ok();
    let is_wanted = |i: &Interaction| wanted.as_deref().is_none_or(|kind| kind == i.kind());
    tests.retain(|test| test.iter().any(is_wanted));
    // All of nothing would be reproduced.
    assert!(
        !tests.is_empty(),
        "nothing is recorded of {}",
        wanted.as_deref().unwrap_or("any kind")
    );
    let (mut shares, mut sum) = (BTreeMap::<String, Share>::new(), Share::default());
    let mut alike = Vec::new();
    for (test, mut differences) in tests.iter().zip(side_by_side(&tests)) {
        for (interaction, difference) in test.iter().zip(&mut differences) {
            if let Some(reason) = unlike::reason(interaction) {
                let Interaction { source, test, seq, .. } = interaction;
                println!("listed: {source} {test} {seq}: {reason}");
                if difference.take().is_none() {
                    alike.push(format!(
                        "{source} {test} {seq} is as recorded: take it off the list"
                    ));
                }
                continue;
            }
            let of_kind = shares.entry(interaction.kind().to_owned()).or_default();
            for share in [of_kind, &mut sum] {
                share.answers.add(difference.is_none());
                if interaction.is_write() {
                    share.writes.add(difference.is_none());
                }
            }
            if let Some(difference) = difference.as_ref().filter(|_| is_wanted(interaction)) {
                let Interaction { source, test, seq, method, path, .. } = interaction;
                println!("{source} {test} {seq} {method} {path}: {difference}");
            }
        }
        // A test is not whole without what is listed of it.
        if test.iter().any(|interaction| unlike::reason(interaction).is_some()) {
            continue;
        }
        let whole = differences.iter().all(Option::is_none);
        shares.entry(home(test)).or_default().tests.add(whole);
        sum.tests.add(whole);
    }
    print(&shares, sum);
    assert!(alike.is_empty(), "{}", alike.join("\n"));
    if std::env::var_os(OTHERS).is_some() {
        return;
    }
    for (kind, answers, writes) in FLOORS {
        if wanted.as_deref().is_some_and(|wanted| wanted != *kind) {
            continue;
        }
        let share = shares.get(*kind).unwrap_or_else(|| panic!("nothing is recorded of {kind}"));
        assert!(share.answers.per_mille() >= *answers, "answers of {kind}");
        assert!(share.writes.per_mille() >= *writes, "writes of {kind}");
    }
    if wanted.is_some() {
        return;
    }
    assert!(sum.answers.per_mille() >= FLOOR_ANSWERS);
    assert!(sum.writes.per_mille() >= FLOOR_WRITES);
    assert!(sum.tests.per_mille() >= FLOOR_TESTS);
}

/// The kind that a test is about: the one that it writes most, or reads most.
fn home(test: &[Interaction]) -> String {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for interaction in test {
        let count = counts.entry(interaction.kind()).or_default();
        count.0 += usize::from(interaction.is_write());
        count.1 += 1;
    }
    let home = counts.into_iter().max_by_key(|(_, count)| *count);
    home.map(|(kind, _)| kind.to_owned()).unwrap_or_default()
}

/// The differences of every test, which are replayed on all processors.
fn side_by_side(tests: &[Vec<Interaction>]) -> Vec<Vec<Option<String>>> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(vec![Vec::new(); tests.len()]);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(test) = tests.get(index) else { break };
                    let differences = replay(test);
                    done.lock().unwrap()[index] = differences;
                }
            });
        }
    });
    done.into_inner().unwrap()
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
    for Found { interaction, at, value } in found(test) {
        let path = binding.path_to(interaction, &at);
        if caller.tenant.hold(&path, binding.value(&value)) {
            let ids = value.as_object().into_iter().flatten().filter(|(key, _)| is_id(key));
            ids.filter_map(|(_, id)| id.as_str()).for_each(|id| binding.bind(id, id));
        }
    }
    for (address, document) in published(test) {
        caller.tenant.publish(&binding.text(&address), binding.value(&document));
    }
    let mut deleted = BTreeSet::new();
    let mut again = |interaction: &Interaction| {
        interaction.method == "DELETE" && !deleted.insert(interaction.path.clone())
    };
    test.iter()
        .map(|interaction| step(&caller, &mut binding, interaction, again(interaction)))
        .collect()
}

fn step(
    caller: &Caller,
    binding: &mut Binding,
    interaction: &Interaction,
    again: bool,
) -> Option<String> {
    let body = binding.value(&interaction.request_body);
    let body = (!body.is_null()).then_some(&body);
    let target = binding.target(interaction);
    let reply = match interaction.form() {
        Some(form) => caller.raw(&interaction.method, &format!("/api/v2{target}"), Some(form)),
        None => caller.send(&interaction.method, &target, body),
    };
    if again && (reply.status, interaction.status) == (204, 202) {
        // What was recorded was still being deleted; ours is gone at once.
        return None;
    }
    if reply.status != interaction.status {
        let Interaction { status, request_body, .. } = interaction;
        return Some(format!("{} {}, recorded {status} {request_body}", reply.status, reply.text));
    }
    let ours = reply.json();
    if interaction.succeeded() {
        binding.learn(interaction, &ours);
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
