//! The story of one seed: a stack is made, changed, refreshed and destroyed while requests fail.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::time::Instant;

use auth0_local_tenant::{Options, Running, Tenant};
use regex::Regex;
use serde_json::{Value, json};
use tests::{Report, Stack};

use super::faults;
use super::figures::Figures;

const API: &str = "https://api.example.com/";
const CLIENT: &str = "auth0:index/client:Client";
const GRANT: &str = "auth0:index/clientGrant:ClientGrant";
/// After how many runs for each of its clients a stack does not converge.
const MOST_RUNS: usize = 2;
/// What others have on the tenant.
const OTHERS: usize = 5;

pub struct Story {
    seed: u64,
    /// How often the tenant has begun to lie: each time to other requests.
    begins: u64,
    tenant: Running,
    stack: Stack,
    size: usize,
    /// What the names of clients begin with; made up where nothing is given.
    given: Option<&'static str>,
    begun: Instant,
    runs: BTreeMap<&'static str, usize>,
    /// What was on the tenant before, by id.
    before: BTreeMap<String, Value>,
    /// The ids for which an error had an import line.
    named: BTreeSet<String>,
}

impl Story {
    pub fn begin(seed: u64, size: usize, given: Option<&'static str>) -> Self {
        let begun = Instant::now();
        // Others have clients too, some of them of the very names of the program.
        let others = (0..OTHERS).map(|n| {
            let name = given.map_or_else(|| format!("app{n}"), |given| format!("{given}-{n}"));
            json!({ "name": name, "client_id": format!("other{n}") })
        });
        let grants = (0..OTHERS).map(
            |n| json!({ "client_id": format!("other{n}"), "audience": API, "scope": ["one"] }),
        );
        let holds = json!({
            "resource_servers": [{
                "identifier": API, "scopes": [{ "value": "one" }, { "value": "two" }]
            }],
            "clients": others.collect::<Vec<_>>(),
            "client_grants": grants.collect::<Vec<_>>(),
        });
        let options =
            Options { seed: serde_json::from_value(holds).expect("a seed"), ..Options::default() };
        let tenant = Tenant::start(options).expect("the tenant starts");
        let variables = [
            ("AUTH0_DOMAIN", tenant.domain()),
            ("AUTH0_CLIENT_ID", tenant.client_id()),
            ("AUTH0_CLIENT_SECRET", tenant.client_secret()),
        ];
        let mut stack = Stack::yaml_at(&variables, &program(size, given, "before", "one"));
        if size > 100 {
            stack.skip_checkpoints();
        }
        let mut story = Self {
            seed,
            begins: 0,
            tenant,
            stack,
            size,
            given,
            begun,
            runs: BTreeMap::new(),
            before: BTreeMap::new(),
            named: BTreeSet::new(),
        };
        story.before = story.truth();
        story.tenant.clear_requests();
        story.lie();
        story
    }

    pub fn up_until_it_succeeds(&mut self) {
        self.until_it_succeeds("up", &["up", "--skip-preview", "--yes"]);
    }

    /// Every resource is changed.
    pub fn update(&mut self) {
        self.stack.write_yaml(&program(self.size, self.given, "after", "two"));
        let known = self.state();
        self.until_it_succeeds("update", &["up", "--skip-preview", "--yes"]);
        assert_eq!(self.state(), known, "an update keeps every id");
    }

    /// A refresh finds what is there, and nothing else.
    pub fn refresh(&mut self) {
        let before = self.stack.state();
        let reports = self.until_it_succeeds("refresh", &["refresh", "--skip-preview", "--yes"]);
        for report in reports {
            let changed = report.changes.keys().filter(|op| !["same", "refresh"].contains(&&***op));
            assert_eq!(changed.count(), 0, "a refresh changed something: {report}");
        }
        let (before, after) = (content(&before), content(&self.stack.state()));
        assert!(before.keys().eq(after.keys()), "a refresh lost something");
        for (urn, was) in before {
            assert_eq!(after[&urn], was, "a refresh changed {urn}");
        }
    }

    /// The state is what the tenant has, and the program what the state has.
    pub fn compare(&mut self) {
        self.tenant.clear_faults();
        let truth = self.truth();
        let saved = self.stack.saved();
        for resource in ours(resources(&saved)) {
            let (id, outputs) = (text(&resource["id"]), &resource["outputs"]);
            let there = truth.get(id).unwrap_or_else(|| panic!("{id} is not on the tenant"));
            let rows: &[(&str, &str)] = match text(&resource["type"]) {
                CLIENT => &[("name", "name"), ("description", "description")],
                _ => &[("clientId", "client_id"), ("audience", "audience"), ("scopes", "scope")],
            };
            for (property, member) in rows {
                assert_eq!(outputs[property], there[member], "{property} of {id}");
            }
        }
        self.stack.operate(&["preview", "--refresh", "--expect-no-changes"]).succeeded();
        self.lie();
    }

    /// What was made goes, and nothing else.
    pub fn destroy(&mut self) {
        let orphans = self.orphans();
        self.until_it_succeeds("destroy", &["destroy", "--skip-preview", "--yes"]);
        self.tenant.clear_faults();
        assert_eq!(self.state(), BTreeSet::new(), "something is left in the state");
        let mut left = self.truth();
        left.retain(|id, _| !orphans.contains(id));
        assert_eq!(left, self.before, "what others have is as it was, and nothing else is left");
    }

    /// The ids on the tenant of which the stack knows nothing.
    pub fn orphans(&mut self) -> BTreeSet<String> {
        self.tenant.clear_faults();
        let (truth, known) = (self.truth(), self.state());
        self.lie();
        let mine = truth.into_keys().filter(|id| !self.before.contains_key(id));
        mine.filter(|id| !known.contains(id)).collect()
    }

    /// The ids for which an error had an import line.
    pub fn named(&self) -> BTreeSet<String> {
        self.named.clone()
    }

    pub fn figures(mut self) -> Figures {
        let orphans = self.orphans().len();
        let mut faults = BTreeMap::new();
        let agent = |request: &auth0_local_tenant::Entry| {
            request.user_agent.as_deref().is_some_and(|agent| agent.contains("pulumi"))
        };
        let requests: Vec<_> = self.tenant.requests().into_iter().filter(agent).collect();
        for fault in requests.iter().filter_map(|request| request.fault.clone()) {
            *faults.entry(fault).or_default() += 1;
        }
        let runs = ["up", "update", "refresh", "destroy"];
        Figures {
            requests: requests.len(),
            faults,
            runs: runs.map(|name| (name, self.runs.get(name).copied().unwrap_or(0))),
            orphans,
            took: self.begun.elapsed(),
        }
    }

    /// Runs an operation as often as it takes; every failure of it is one that a fault explains.
    fn until_it_succeeds(&mut self, name: &'static str, arguments: &[&str]) -> Vec<Report> {
        let mut reports = Vec::new();
        loop {
            let report = self.stack.operate(arguments);
            *self.runs.entry(name).or_default() += 1;
            self.look_at(name, &report);
            let ok = report.ok;
            reports.push(report);
            if ok {
                return reports;
            }
            let last = reports.last().expect("just pushed");
            assert!(reports.len() < MOST_RUNS * self.size, "{name} fails again and again: {last}");
        }
    }

    fn look_at(&mut self, name: &str, report: &Report) {
        let import = Regex::new(r"pulumi import \S+ \S+ (\S+)").expect("a valid pattern");
        let errors = report.diagnostics.iter().filter(|told| told.severity == "error");
        for error in errors.clone() {
            assert!(faults::explains(&error.message), "{name}: no fault explains {error:?}");
            let lines = import.captures_iter(&error.message);
            self.named.extend(lines.map(|line| line[1].to_owned()));
        }
        let shown = report.to_string();
        assert!(!shown.contains(self.tenant.client_secret()), "{name}: the secret is shown");
        assert!(report.ok || errors.count() > 0, "{name} failed without an error: {report}");
        let pending = self.stack.saved()["pending_operations"].as_array().map_or(0, Vec::len);
        assert_eq!(pending, 0, "{name} left operations open");
        let ids = self.state();
        assert_eq!(ids.intersection(&self.named).next(), None, "{name}: adopted on a guess");
        assert!(
            ids.iter().all(|id| !self.before.contains_key(id)),
            "{name}: another's was adopted"
        );
    }

    fn lie(&mut self) {
        self.tenant.clear_faults();
        self.begins += 1;
        for rule in faults::rules(self.seed * 100 + self.begins) {
            self.tenant.add_fault(rule);
        }
    }

    /// The ids in the state.
    fn state(&self) -> BTreeSet<String> {
        let saved = self.stack.saved();
        ours(resources(&saved)).map(|resource| text(&resource["id"]).to_owned()).collect()
    }

    /// What the tenant has, by id.
    fn truth(&self) -> BTreeMap<String, Value> {
        let mut truth = BTreeMap::new();
        for (collection, id) in [("clients", "client_id"), ("client-grants", "id")] {
            for page in 0.. {
                let query = format!("{collection}?per_page=100&page={page}");
                let objects = self.get(&query);
                let objects = objects.as_array().expect("a page");
                if objects.is_empty() {
                    break;
                }
                truth.extend(
                    objects.iter().map(|object| (text(&object[id]).to_owned(), object.clone())),
                );
            }
        }
        truth
    }

    fn get(&self, path: &str) -> Value {
        let url = format!("{}/api/v2/{path}", self.tenant.base_url());
        let token = format!("Bearer {}", self.tenant.token());
        let answer = ureq::get(&url).header("authorization", token).call();
        answer.expect("the tenant tells the truth").body_mut().read_json().expect("JSON")
    }
}

/// As many clients, and a grant for each.
fn program(size: usize, given: Option<&str>, description: &str, scope: &str) -> String {
    let mut program = String::from("resources:\n");
    for n in 0..size {
        let name = given.map_or_else(String::new, |given| format!("      name: {given}-{n}\n"));
        write!(
            program,
            "  app{n}:\n    type: auth0:Client\n    properties:\n{name}      description: {description}\n  \
             grant{n}:\n    type: auth0:ClientGrant\n    properties:\n      clientId: ${{app{n}.clientId}}\n      \
             audience: {API}\n      scopes: [{scope}]\n"
        )
        .expect("a text takes it");
    }
    program
}

/// All resources of a state that was saved.
fn resources(saved: &Value) -> &[Value] {
    saved["resources"].as_array().map_or(&[], Vec::as_slice)
}

/// The resources of the state that are on the tenant.
fn ours(state: &[Value]) -> impl Iterator<Item = &Value> {
    state.iter().filter(|resource| [CLIENT, GRANT].contains(&text(&resource["type"])))
}

/// What the state says of each of them; as in the published provider's, what is empty may be null too.
fn content(state: &[Value]) -> BTreeMap<String, [Value; 3]> {
    let parts = |resource: &Value| {
        ["id", "inputs", "outputs"].map(|part| {
            let mut part = resource[part].clone();
            if let Some(members) = part.as_object_mut() {
                members.retain(|_, value| !is_empty(value));
            }
            part
        })
    };
    ours(state).map(|resource| (text(&resource["urn"]).to_owned(), parts(resource))).collect()
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
