//! The story of one seed: operations on a stack, and what must hold whatever fails.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use auth0_local_tenant::{Options, Running, Tenant};
use pulumi_rs_sdk::provider::import_line;
use pulumi_rs_sdk::value::Value;
use serde_json::{Value as Json, json};

use super::operation::{APIS, Grant, Held, Interrupt, Operation, Program, Stack, Wanted, urns};
use crate::auth0::PACKAGE;
use crate::resources::CLIENT;

/// The ways to fail, each of which one request in eighty meets, so that one in five meets one of them.
///
/// None depends on the clock of the machine: a reset of the rate limit alone would, by the second in which it is read.
pub const WAYS: [&str; 20] = [
    "* * => status:429:retry-after=2",
    "* * => status:429:reset=-60",
    "* * => status:429:retry-after=7",
    "* * => status:429:no-headers",
    "* * => status:500",
    "* * => 500-after",
    "* * => status:503",
    "* * => status:503:after",
    "* * => html",
    "* * => html:502",
    "* * => html:502:after",
    "* * => truncate",
    "* * => empty",
    "* * => slow:20s",
    "* * => hang",
    "* * => close",
    "* * => reset",
    "* * => reset-middle",
    "* * => reset-after",
    "* /api/v2/* => expired-token",
];
const SHARE: f64 = 1.25;
/// What was just made is not known everywhere yet: nothing that these refuse may be taken for gone.
///
/// To a GET or a DELETE by id this is the API's own word, which a process that did not make the object has to believe.
pub const UNSEEN: [&str; 3] = [
    "POST /api/v2/client-grants => status:404 3%",
    "PATCH /api/v2/clients/{id} => status:404 3%",
    "PATCH /api/v2/client-grants/{id} => status:404 3%",
];
/// Clocks that are wrong, beside all else.
const SKEWS: [&str; 2] = ["* * => skew:300 5%", "* * => skew:-300 5%"];
/// After how many runs a user has lost patience.
const MOST_RUNS: usize = 60;
/// What an error says where something is in the state and not on the tenant.
const ADVICE: [&str; 2] = ["run `pulumi refresh`", "check that each of these is on the tenant"];
const CLIENTS: usize = 4;

/// Who names the clients.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// Check does, with digits of its own.
    MadeUp,
    /// The program does.
    Given,
}

/// How a story went.
#[derive(Default)]
pub struct Told {
    /// What was asked, method and path without ids, and what was answered in place of the truth.
    pub asked: Vec<(String, Option<String>)>,
    pub operations: usize,
    pub failed: usize,
    pub interrupts: usize,
    pub deleted_first: usize,
    pub orphans: Orphans,
}

/// What was made, and is in no state in the end.
#[derive(Default)]
pub struct Orphans {
    /// Those that an error names with the line that imports them: all of a story without an interrupt.
    pub with_line: usize,
    /// Those that the user was told of in other words, as may be where an operation was interrupted.
    pub otherwise_named: usize,
}

/// Tells the story of a seed, by a clock that takes no time.
pub fn tell(seed: u64, names: Names) -> Told {
    fastrand::seed(seed);
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_time().start_paused(true).build().unwrap();
    runtime.block_on(Story::begin(seed, names).run())
}

struct Story {
    tenant: Arc<Running>,
    names: Names,
    random: fastrand::Rng,
    /// Half of the stories are without an interrupt: more is demanded of them.
    interrupts: bool,
    stack: Stack,
    before: BTreeMap<String, Json>,
    told: Told,
}

impl Story {
    fn begin(seed: u64, names: Names) -> Self {
        let clients =
            (0..CLIENTS).map(|n| json!({"name": given(n), "client_id": format!("other{n}")}));
        let grants = (0..CLIENTS).map(
            |n| json!({"client_id": format!("other{n}"), "audience": APIS[0], "scope": ["one"]}),
        );
        let apis = APIS.map(|api| {
            json!({
                "identifier": api, "scopes": [{"value": "one"}, {"value": "two"}]
            })
        });
        let holds = json!({
            "resource_servers": apis,
            "clients": clients.collect::<Vec<_>>(),
            "client_grants": grants.collect::<Vec<_>>(),
        });
        let ways = WAYS.iter().map(|way| format!("{way} {SHARE}%"));
        let rules = ways.chain(UNSEEN.map(str::to_owned)).chain(SKEWS.map(str::to_owned));
        let options = Options {
            seed: serde_json::from_value(holds).unwrap(),
            faults: rules.map(|rule| rule.parse().unwrap()).collect(),
            fault_seed: seed,
            ..Options::default()
        };
        let tenant = Arc::new(Tenant::start(options).unwrap());
        let mut random = fastrand::Rng::with_seed(seed);
        let stack = Stack { random: random.fork(), ..Stack::default() };
        let before = truth(&tenant);
        let interrupts = random.bool();
        Story { tenant, names, random, interrupts, stack, before, told: Told::default() }
    }

    async fn run(mut self) -> Told {
        let mut program = self.draw();
        for _ in 0..self.random.usize(2..6) {
            match self.random.u8(0..10) {
                0..7 => {
                    program = self.draw();
                    self.up(&program, true).await;
                }
                7..9 => {
                    self.refresh(true).await;
                }
                _ => {
                    self.destroy(true).await;
                }
            }
        }
        self.up_until_it_succeeds(&program).await;
        // An update that failed may have been carried out, and the program have gone back on it since: the state, as it
        // was, is then what the program wants, and only a refresh finds out what the tenant has.
        self.until_it_succeeds(async |story| story.refresh(false).await).await;
        self.up_until_it_succeeds(&program).await;
        self.compare(&program);
        self.told_no_secret();
        let orphans = self.orphans();
        self.until_it_succeeds(async |story| story.destroy(false).await).await;
        let mut left = truth(&self.tenant);
        left.retain(|id, _| !orphans.contains_key(id));
        assert_eq!(left, self.before, "what others have is as it was, and nothing else is left");
        let with_line = orphans.values().filter(|has_line| **has_line).count();
        self.told.orphans = Orphans { with_line, otherwise_named: orphans.len() - with_line };
        self.told.deleted_first = self.stack.deleted_first.len();
        self.told.asked = asked(&self.tenant);
        self.told
    }

    /// Whatever comes of it, what the program wants and has stays on the tenant.
    async fn up(&mut self, program: &Program, interrupted: bool) -> bool {
        let before = truth(&self.tenant);
        let known: BTreeSet<_> = self.stack.state.values().map(|held| held.id.clone()).collect();
        let succeeded =
            self.operate(interrupted, async |operation| operation.up(program).await).await;
        let after = truth(&self.tenant);
        let wanted = urns(program);
        for (urn, Held { id, .. }) in
            self.stack.state.iter().filter(|(urn, _)| wanted.contains(*urn))
        {
            // What was lost before, as by a delete whose answer did not come, is another matter.
            let was_there = (before.contains_key(id) || !known.contains(id))
                // So may be one whose delete was carried out, and its answer lost.
                && !self.stack.deleted_first.contains(id);
            assert!(!was_there || after.contains_key(id), "{id} of {urn} was deleted");
        }
        succeeded
    }

    async fn destroy(&mut self, interrupted: bool) -> bool {
        self.operate(interrupted, async |operation| operation.destroy().await).await
    }

    async fn refresh(&mut self, interrupted: bool) -> bool {
        let tenant = self.tenant.clone();
        let lost = |held: &Held| {
            assert!(!truth(&tenant).contains_key(&held.id), "{} is there, and was lost", held.id);
        };
        self.operate(interrupted, async |operation| operation.refresh(lost).await).await
    }

    /// One operation, with a provider of its own; whether it succeeded.
    async fn operate(&mut self, interrupted: bool, work: impl AsyncFnOnce(&Operation)) -> bool {
        let interrupt = (interrupted && self.interrupts && self.random.u8(0..3) == 0).then(|| {
            let kind = if self.random.bool() { Interrupt::Cancel } else { Interrupt::Gone };
            (Duration::from_millis(self.random.u64(0..15_000)), kind)
        });
        let operation = Operation::begin(&self.tenant, std::mem::take(&mut self.stack));
        operation.run(work(&operation), interrupt).await;
        let (stack, succeeded) = operation.end();
        self.stack = stack;
        self.told.operations += 1;
        self.told.failed += usize::from(!succeeded);
        self.told.interrupts += usize::from(interrupt.is_some());
        let ids = self.stack.state.values().map(|held| &held.id);
        // A grant with a new name is the same grant until the old name has gone.
        let clients = ids.clone().filter(|id| !id.starts_with("cgr_"));
        assert_eq!(clients.clone().collect::<BTreeSet<_>>().len(), clients.count(), "taken twice");
        let foreign: Vec<_> = ids.filter(|id| self.before.contains_key(*id)).collect();
        assert!(foreign.is_empty(), "another's was taken: {foreign:?}");
        succeeded
    }

    async fn up_until_it_succeeds(&mut self, program: &Program) {
        self.until_it_succeeds(async |story| {
            let before = story.stack.told.lock().unwrap().len();
            let succeeded = story.up(program, false).await;
            // What a delete has taken although it failed is in the state still: the error says what to do.
            let is_gone = |text: &String| ADVICE.iter().any(|advice| text.contains(advice));
            let advised = story.stack.told.lock().unwrap()[before..].iter().any(is_gone);
            if !succeeded && advised {
                story.refresh(false).await;
            }
            succeeded
        })
        .await;
    }

    async fn until_it_succeeds(&mut self, run: impl AsyncFn(&mut Self) -> bool) {
        for _ in 0..MOST_RUNS {
            if run(self).await {
                return;
            }
        }
        let told = self.stack.told.lock().unwrap();
        panic!("it fails again and again: {:#?}", &told[told.len().saturating_sub(5)..]);
    }

    /// The state is what the program wants, and what the tenant has.
    fn compare(&self, program: &Program) {
        let truth = truth(&self.tenant);
        let grants = program.values().filter_map(|wanted| wanted.grant.as_ref());
        let grants: BTreeMap<_, _> = grants.map(|grant| (&grant.name, grant)).collect();
        assert_eq!(self.stack.state.len(), program.len() + grants.len());
        assert!(self.stack.replaced.is_empty(), "{:?}", self.stack.replaced);
        let ids: BTreeSet<_> = self.stack.state.values().map(|held| &held.id).collect();
        assert_eq!(ids.len(), self.stack.state.len(), "one object for two resources");
        for held in self.stack.state.values() {
            let there = truth.get(&held.id).unwrap_or_else(|| panic!("{} is not there", held.id));
            let outputs = &held.known.outputs;
            if held.resource.name == CLIENT.name {
                let wanted = &program[&held.name];
                assert_eq!(there["description"], wanted.description);
                assert_eq!(outputs["description"], wanted.description.into());
                assert_eq!(there["name"].as_str(), outputs["name"].as_str());
            } else {
                let wanted = &grants[&held.name];
                assert_eq!(there["audience"], wanted.api);
                let mut scopes = wanted.scopes.clone();
                scopes.sort_unstable();
                let mut there = there["scope"].clone();
                there.as_array_mut().unwrap().sort_by_key(Json::to_string);
                assert_eq!(there, json!(scopes));
                let stored = outputs["scopes"].as_array().unwrap();
                let mut stored: Vec<_> = stored.iter().filter_map(Value::as_str).collect();
                stored.sort_unstable();
                assert_eq!(stored, scopes);
            }
        }
    }

    /// What was made and is in no state, and whether it was named with the line that imports it: each was named, and
    /// without an interrupt there is none but clients of a given name, named with that line.
    fn orphans(&self) -> BTreeMap<String, bool> {
        let replaced = self.stack.replaced.iter().map(|(_, held)| &held.id);
        let known: BTreeSet<_> =
            self.stack.state.values().map(|held| &held.id).chain(replaced).collect();
        let mut truth = truth(&self.tenant);
        truth.retain(|id, _| !self.before.contains_key(id) && !known.contains(id));
        let told = self.last_words();
        let mut orphans = BTreeMap::new();
        for (id, orphan) in truth {
            let name = orphan["name"].as_str();
            let line = name.map(|name| {
                let in_program = name.strip_prefix("given-").unwrap_or(name);
                import_line(&PACKAGE.resource_token(&CLIENT), in_program, &id)
            });
            let has_line = line.is_some_and(|line| told.contains(&line));
            // Where it could not be found out whether it was made, what to look for.
            let sought = match name {
                Some(name) => format!("Client with the name {name:?}"),
                None => format!(
                    "ClientGrant with `clientId` ({})",
                    orphan["client_id"].as_str().unwrap()
                ),
            };
            let is_named = told.contains(id.as_str()) || told.contains(&sought);
            match (self.interrupts, self.names) {
                (false, Names::MadeUp) => panic!("left: {id} {name:?}\n{}", self.last_words()),
                (false, Names::Given) => {
                    assert!(has_line, "left without an import line: {id}\n{}", self.last_words())
                }
                (true, _) => {
                    assert!(is_named, "left unnamed: {id} {name:?}\n{}", self.last_words())
                }
            }
            orphans.insert(id, has_line);
        }
        orphans
    }

    fn told_no_secret(&self) {
        let told = self.last_words();
        let of_clients =
            self.tenant.clients().into_iter().map(|mut client| client["client_secret"].take());
        let secrets: Vec<_> =
            of_clients.filter_map(|secret| secret.as_str().map(str::to_owned)).collect();
        assert!(secrets.len() > CLIENTS, "the tenant's own client and those of others have one");
        let all = secrets.iter().map(String::as_str).chain([self.tenant.token()]);
        assert!(!all.into_iter().any(|secret| told.contains(secret)), "a secret was told: {told}");
    }

    fn last_words(&self) -> String {
        self.stack.told.lock().unwrap().join("\n")
    }

    fn draw(&mut self) -> Program {
        let random = &mut self.random;
        let mut program = Program::new();
        for n in 0..CLIENTS {
            if random.u8(0..10) == 0 {
                continue;
            }
            let scopes = random.choice([vec!["one"], vec!["two"], vec!["one", "two"]]);
            let renamed = if random.u8(0..4) == 0 { "-renamed" } else { "" };
            let api = APIS[usize::from(random.u8(0..4) == 0)];
            let name = format!("app{n}{renamed}");
            let replaced_by_changes = random.u8(0..3) == 0;
            let grant = scopes.map(|scopes| Grant { name, api, scopes, replaced_by_changes });
            let grant = grant.filter(|_| random.u8(0..10) > 0);
            let description = random.choice(["a", "b", "c"]).unwrap_or("a");
            let name = (self.names == Names::Given).then(|| given(n));
            program.insert(format!("app{n}"), Wanted { name, description, grant });
        }
        program
    }
}

/// The name of a client that a program gives; others have such clients too.
fn given(n: usize) -> String {
    format!("given-app{n}")
}

/// What the tenant has, by id.
fn truth(tenant: &Running) -> BTreeMap<String, Json> {
    let clients = tenant.clients().into_iter().map(|client| (client["client_id"].clone(), client));
    let grants = tenant.client_grants().into_iter().map(|grant| (grant["id"].clone(), grant));
    let all = clients.chain(grants);
    all.map(|(id, object)| (id.as_str().unwrap().to_owned(), object)).collect()
}

fn asked(tenant: &Running) -> Vec<(String, Option<String>)> {
    let requests = tenant.requests().into_iter().map(|request| {
        let mut parts: Vec<&str> = request.path.split('/').collect();
        // Ids differ from one telling to the next.
        if parts.len() > 4 {
            parts[4] = "{id}";
        }
        (format!("{} {}", request.method, parts.join("/")), request.fault)
    });
    requests.collect()
}
