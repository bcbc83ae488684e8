//! The resources of one test, between the plugin's server and a tenant of their own.
//!
//! The calls are those of the engine: a preview before each update, refreshes, imports, and the end. What an
//! update has made goes in a later operation, to which the plugin is configured anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use auth0_local_tenant::{Entry, Options, Running, Tenant};
use pulumi_resource_auth0::auth0::PACKAGE;
use pulumi_rs_sdk::check::CheckFailure;
use pulumi_rs_sdk::provider::Known;
use pulumi_rs_sdk::testing::{
    Changes, Check, Client, Create, Delete, Diff, Diffed, Failure, Read, Update, urn,
};
use pulumi_rs_sdk::value::{Object, Value, reveal};
use serde_json::{Value as Json, json};

use super::expectation::Outputs;
use super::form::{Item, Segment, Step};
use super::values::{json_of, look, value};
use crate::engine;

/// What tests of others need although the package may not have it yet: made by requests of the test itself.
pub const MADE_BY_HAND: &str = "auth0:index/resourceServer:ResourceServer";
const BY_HAND: &str = "/api/v2/resource-servers";
const BY_HAND_MEMBERS: &[(&str, &str)] = &[
    ("identifier", "identifier"),
    ("name", "name"),
    (
        "skipConsentForVerifiableFirstPartyClients",
        "skip_consent_for_verifiable_first_party_clients",
    ),
];
/// What the test calls itself in its own requests.
const SOMEBODY_ELSE: &str = "tests";

/// Something that failed.
#[derive(Debug, Clone)]
pub struct Failed {
    pub text: String,
    /// How many requests the tenant was asked for the resource or function before it failed.
    pub asked: usize,
    /// Whether the fault is said to be the provider's own.
    pub ours: bool,
}

impl Failed {
    fn of(text: impl Into<String>) -> Self {
        Failed { text: text.into(), asked: 0, ours: false }
    }

    fn mistakes(failures: &[CheckFailure]) -> Self {
        let texts: Vec<String> = failures.iter().map(CheckFailure::to_string).collect();
        Failed::of(texts.join("; "))
    }
}

impl From<Failure> for Failed {
    fn from(failure: Failure) -> Self {
        let ours = ["Internal", "Unknown"].contains(&failure.code.as_str());
        Failed { ours, ..Failed::of(failure.to_string()) }
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A resource that is there.
#[derive(Debug, Clone)]
struct Held {
    item: Item,
    id: String,
    state: Known,
    needs: BTreeSet<String>,
}

/// What a preview knows of a resource.
struct Planned {
    id: Value,
    outputs: Object,
}

/// A test's resources, by name.
pub struct Stack {
    engine: Client,
    tenant: Running,
    held: BTreeMap<String, Held>,
    answers: BTreeMap<String, Object>,
    /// The functions of the program that ran last.
    functions: Vec<Item>,
    /// What has been replaced and goes at the end of the update.
    replaced: Vec<Held>,
    /// The lists that something was added to.
    added_to: BTreeSet<String>,
}

impl Stack {
    pub async fn start() -> Self {
        let tenant = Tenant::start(Options::default()).expect("the tenant starts");
        // What is said at an address that a test names, as it was recorded.
        tenant.publish(
            "https://tinywiki.xyz/client.json",
            json!({
                "client_name": "TinyWiki", "client_uri": "https://tinywiki.xyz/",
                "grant_types": ["authorization_code"], "logo_uri": "https://tinywiki.xyz/logo.png",
                "redirect_uris": ["https://tinywiki.xyz/"], "token_endpoint_auth_method": "none"
            }),
        );
        let engine = engine::configured(engine::of(&tenant)).await;
        Stack {
            engine,
            tenant,
            held: BTreeMap::new(),
            answers: BTreeMap::new(),
            functions: Vec::new(),
            replaced: Vec::new(),
            added_to: BTreeSet::new(),
        }
    }

    /// Begins another operation of an engine.
    async fn begin(&mut self) {
        engine::configure(&self.engine, engine::of(&self.tenant)).await;
        self.asked();
    }

    /// The requests of the provider since the last call, but for those to the token endpoint.
    fn asked(&mut self) -> Vec<Entry> {
        let mut requests = self.tenant.requests();
        self.tenant.clear_requests();
        requests.retain(|request| {
            let own = request.user_agent.as_deref() == Some(SOMEBODY_ELSE);
            let made = request.status.is_some_and(|status| status < 300);
            if request.method == "POST" && made {
                self.added_to.insert(request.path.clone());
            }
            request.path != "/oauth/token" && !own
        });
        requests
    }

    /// Previews the program, and then brings the tenant to it.
    ///
    /// # Errors
    /// What fails first, and what a preview changes.
    pub async fn apply(&mut self, step: &Step) -> Result<(), Failed> {
        self.preview(step).await?;
        self.begin().await;
        for item in step.in_order() {
            let done = self.bring(item, step).await;
            let asked = self.asked().len();
            done.map_err(|failed| Failed { asked, ..failed })?;
        }
        self.functions = step.invokes.clone();
        let kept: BTreeSet<&str> = step.resources.iter().map(|item| item.name.as_str()).collect();
        self.remove_replaced().await?;
        self.remove_all_but(&kept).await
    }

    /// Previews the program.
    ///
    /// # Errors
    /// What fails first, and what a preview changes.
    pub async fn preview(&mut self, step: &Step) -> Result<(), Failed> {
        self.begin().await;
        let mut plan = BTreeMap::new();
        for item in step.in_order() {
            let planned = self.plan(item, step, &plan).await;
            let asked = self.asked();
            if let Some(write) = asked.iter().find(|request| request.method != "GET") {
                let line = format!("{} {}", write.method, write.path);
                return Err(Failed::of(format!("{}: its preview asks {line}", item.name)));
            }
            let planned = planned.map_err(|failed| Failed { asked: asked.len(), ..failed })?;
            plan.extend(planned.map(|planned| (item.name.clone(), planned)));
        }
        Ok(())
    }

    /// Asks the functions of the program that ran last again, as a refresh does by its rules.
    ///
    /// # Errors
    /// The first that fails.
    pub async fn ask_again(&mut self) -> Result<(), Failed> {
        self.begin().await;
        for item in self.functions.clone() {
            let given = self.resolve(&item.given, &BTreeMap::new())?;
            let outputs = self.invoke(&item, given).await?;
            self.answers.insert(item.name, outputs);
        }
        Ok(())
    }

    async fn plan(
        &mut self,
        item: &Item,
        step: &Step,
        plan: &BTreeMap<String, Planned>,
    ) -> Result<Option<Planned>, Failed> {
        let given = self.resolve(&item.given, plan)?;
        if step.invokes.iter().any(|invoked| invoked.name == item.name) {
            let waits = item.needs().iter().any(|needed| plan.contains_key(needed));
            let known = !waits && !given.contains_unknown();
            let outputs = match known {
                true => self.invoke(item, given).await?,
                false => Object::new(),
            };
            self.answers.insert(item.name.clone(), outputs.clone());
            return Ok((!known).then_some(Planned { id: Value::Unknown, outputs }));
        }
        let held = self.held.get(&item.name);
        if is_by_hand(item) {
            let planned = Planned { id: Value::Unknown, outputs: objects(given) };
            return Ok(held.is_none().then_some(planned));
        }
        let inputs = self.check(item, held.map(|held| &held.state), given).await?;
        let old = match held {
            None => None,
            Some(held) => {
                let diff = self.diff(held, &inputs).await?;
                match (diff.replaces.is_empty(), diff.changes) {
                    (true, Changes::None) => return Ok(None),
                    (true, _) => Some(held),
                    (false, _) => None,
                }
            }
        };
        let planned = match old {
            Some(held) => Planned {
                id: held.id.as_str().into(),
                outputs: self.engine.update(update(held, inputs, true)).await?,
            },
            None => {
                let create = Create { urn: of(item), inputs, preview: true, ..Create::default() };
                let created = self.engine.create(create).await?;
                Planned { id: Value::Unknown, outputs: created.outputs }
            }
        };
        Ok(Some(planned))
    }

    /// Brings one resource to the program, or answers one function.
    async fn bring(&mut self, item: &Item, step: &Step) -> Result<(), Failed> {
        let given = self.resolve(&item.given, &BTreeMap::new())?;
        if step.invokes.iter().any(|invoked| invoked.name == item.name) {
            let outputs = self.invoke(item, given).await?;
            self.answers.insert(item.name.clone(), outputs);
            return Ok(());
        }
        let Some(held) = self.held.get(&item.name).cloned() else {
            let inputs = match is_by_hand(item) {
                true => objects(given),
                false => self.check(item, None, given).await?,
            };
            return self.create(item, inputs).await;
        };
        if is_by_hand(item) {
            return Ok(());
        }
        let held = Held { item: item.clone(), needs: item.needs(), ..held };
        let inputs = self.check(item, Some(&held.state), given).await?;
        let diff = self.diff(&held, &inputs).await?;
        let name = item.name.clone();
        if !diff.replaces.is_empty() {
            if diff.delete_before_replace {
                self.delete(&held).await?;
                self.held.remove(&name);
            }
            self.create(item, inputs).await?;
            self.replaced.extend((!diff.delete_before_replace).then_some(held));
            return Ok(());
        }
        let outputs = match diff.changes {
            Changes::None => held.state.outputs.clone(),
            _ => self.engine.update(update(&held, inputs.clone(), false)).await?,
        };
        self.held.insert(name, Held { state: Known { inputs, outputs }, ..held });
        Ok(())
    }

    async fn create(&mut self, item: &Item, inputs: Object) -> Result<(), Failed> {
        let (id, outputs) = match is_by_hand(item) {
            true => self.make_by_hand(&inputs).await?,
            false => {
                let create = Create { urn: of(item), inputs: inputs.clone(), ..Create::default() };
                match self.engine.create(create).await {
                    Ok(created) => (created.id, created.outputs),
                    Err(failure) => {
                        // The engine keeps what has come to be nevertheless.
                        if let Some(part) = failure.created.clone() {
                            self.hold(item, part.id, Known { inputs, outputs: part.outputs });
                        }
                        return Err(failure.into());
                    }
                }
            }
        };
        self.hold(item, id, Known { inputs, outputs });
        Ok(())
    }

    fn hold(&mut self, item: &Item, id: String, state: Known) {
        let held = Held { item: item.clone(), id, state, needs: item.needs() };
        self.held.insert(item.name.clone(), held);
    }

    async fn make_by_hand(&self, inputs: &Object) -> Result<(String, Object), Failed> {
        let given = json_of(inputs);
        let members = BY_HAND_MEMBERS
            .iter()
            .filter_map(|(name, member)| Some(((*member).to_owned(), given.get(name)?.clone())));
        let made = self.ask("POST", BY_HAND, &members.collect()).await?;
        let id = made["id"].as_str().unwrap_or_default().to_owned();
        let ids = ["id", "resourceServerId"].map(|name| (name.to_owned(), id.as_str().into()));
        Ok((id, inputs.clone().into_iter().chain(ids).collect()))
    }

    async fn delete(&self, held: &Held) -> Result<(), Failed> {
        if is_by_hand(&held.item) {
            self.ask("DELETE", &format!("{BY_HAND}/{}", held.id), &Json::Null).await?;
            return Ok(());
        }
        let delete = Delete {
            urn: of(&held.item),
            id: held.id.clone(),
            old: held.state.clone(),
            ..Delete::default()
        };
        Ok(self.engine.delete(delete).await?)
    }

    async fn remove_replaced(&mut self) -> Result<(), Failed> {
        for held in std::mem::take(&mut self.replaced) {
            self.delete(&held).await?;
        }
        Ok(())
    }

    /// Removes what the program no longer has, what depends on others first.
    async fn remove_all_but(&mut self, kept: &BTreeSet<&str>) -> Result<(), Failed> {
        let mut gone: Vec<String> =
            self.held.keys().filter(|name| !kept.contains(name.as_str())).cloned().collect();
        gone.sort_by_key(|name| std::cmp::Reverse(self.depth(name, 0)));
        for name in gone {
            let held = self.held.remove(&name).expect("it is there");
            let deleted = self.delete(&held).await;
            deleted.map_err(|failed| Failed::of(format!("delete {name}: {failed}")))?;
        }
        Ok(())
    }

    fn depth(&self, name: &str, above: usize) -> usize {
        let Some(held) = self.held.get(name).filter(|_| above < self.held.len()) else { return 0 };
        let depths = held.needs.iter().map(|needed| self.depth(needed, above + 1));
        1 + depths.max().unwrap_or(0)
    }

    /// What changes where the same program runs again, and again after a refresh; nothing should.
    pub async fn settle(&mut self) -> Vec<String> {
        let mut complaints = Vec::new();
        self.begin().await;
        for name in self.held.keys().cloned().collect::<Vec<_>>() {
            let held = self.held[&name].clone();
            if is_by_hand(&held.item) {
                continue;
            }
            complaints.extend(self.changes(&held, "the same program again").await);
            match self.read(&held.item, &held.id, Some(held.state.clone())).await {
                Err(failed) => complaints.push(format!("{name}: refresh: {failed}")),
                Ok(None) => complaints.push(format!("{name}: a refresh says that it is gone")),
                Ok(Some((id, state))) => {
                    let held = Held { id, state, ..held };
                    complaints.extend(self.changes(&held, "after a refresh").await);
                    self.held.insert(name, held);
                }
            }
        }
        let writes = self.asked().into_iter().filter(|request| request.method != "GET");
        complaints.extend(writes.map(|r| format!("a refresh asks {} {}", r.method, r.path)));
        complaints
    }

    async fn changes(&self, held: &Held, when: &str) -> Option<String> {
        let about = |what: String| Some(format!("{}, {when}: {what}", held.item.name));
        let inputs = match self.resolve(&held.item.given, &BTreeMap::new()) {
            Ok(given) => self.check(&held.item, Some(&held.state), given).await,
            Err(failed) => Err(failed),
        };
        let diff = match inputs {
            Ok(inputs) => self.diff(held, &inputs).await,
            Err(failed) => Err(failed),
        };
        match diff {
            Err(failed) => about(failed.text),
            Ok(diff) if diff.changes == Changes::None && diff.replaces.is_empty() => None,
            Ok(diff) => about(told(&diff)),
        }
    }

    /// Takes away what somebody else has changed: a refresh must show it, and an update bring it back.
    ///
    /// # Errors
    /// The change does not show, or cannot be taken away.
    pub async fn repair(&mut self, names: &[String]) -> Result<(), Failed> {
        self.begin().await;
        for name in names {
            let held = self.held.get(name).cloned();
            let held = held.ok_or_else(|| Failed::of(format!("{name} is not there")))?;
            let read = self.read(&held.item, &held.id, Some(held.state.clone())).await?;
            let (id, state) = read.ok_or_else(|| Failed::of(format!("{name} is gone")))?;
            let held = Held { id, state, ..held };
            let given = self.resolve(&held.item.given, &BTreeMap::new())?;
            let inputs = self.check(&held.item, Some(&held.state), given).await?;
            if self.diff(&held, &inputs).await?.changes != Changes::Some {
                return Err(Failed::of(format!("{name}: what has changed does not show")));
            }
            let outputs = self.engine.update(update(&held, inputs.clone(), false)).await?;
            self.held.insert(name.clone(), Held { state: Known { inputs, outputs }, ..held });
        }
        Ok(())
    }

    /// The outputs of a resource, and those of its import by that id; nothing where it is one made by hand. What nobody can
    /// read back is given by the program, as it was.
    ///
    /// # Errors
    /// The import fails, finds nothing, or gives a program that would change something.
    pub async fn import(
        &mut self,
        name: &str,
        id: Option<&str>,
        unread: &[String],
    ) -> Result<Option<(Json, Json)>, Failed> {
        let Some(held) = self.held.get(name).filter(|held| !is_by_hand(&held.item)).cloned() else {
            return Ok(None);
        };
        self.begin().await;
        let read = self.read(&held.item, id.unwrap_or(&held.id), None).await?;
        let (id, state) = read.ok_or_else(|| Failed::of("the import finds nothing"))?;
        let imported = Held { id, state, ..held.clone() };
        let mut program = super::values::program(&imported.state.inputs);
        for (name, value) in held.state.inputs.iter().filter(|(name, _)| unread.contains(name)) {
            program.entry(name.clone()).or_insert_with(|| value.clone());
        }
        let inputs = self.check(&held.item, Some(&imported.state), program.into()).await?;
        let diff = self.diff(&imported, &inputs).await?;
        if diff.changes != Changes::None {
            return Err(Failed::of(format!("what it gives changes {:?}", diff.diffs)));
        }
        Ok(Some((json_of(&held.state.outputs), json_of(&imported.state.outputs))))
    }

    /// What somebody else asks of the tenant; `{resource}` in the path is the id of that resource.
    ///
    /// # Errors
    /// The tenant refuses it.
    pub async fn ask(&self, method: &str, path: &str, body: &Json) -> Result<Json, Failed> {
        let ids = self.held.iter().map(|(name, held)| (format!("{{{name}}}"), held.id.as_str()));
        let path = ids.fold(path.to_owned(), |path, (name, id)| path.replace(&name, id));
        let (status, answer) = ask(&self.tenant, method, &path, body).await;
        match status {
            200..300 => Ok(answer),
            _ => Err(Failed::of(format!("{method} {path}: {status} {answer}"))),
        }
    }

    /// What resources and functions gave, with the id of each.
    pub fn outputs(&self) -> Outputs {
        let resources = self.held.iter().map(|(name, held)| {
            let mut outputs = json_of(&held.state.outputs);
            outputs["id"] = held.id.as_str().into();
            (name.clone(), outputs)
        });
        let answers = self.answers.iter().map(|(name, answer)| (name.clone(), json_of(answer)));
        resources.chain(answers).collect()
    }

    /// Destroys everything; what could not be, and what is left on the tenant nevertheless.
    pub async fn end(mut self) -> Vec<String> {
        self.begin().await;
        let mut complaints = Vec::new();
        while !(self.held.is_empty() && self.replaced.is_empty()) {
            let removed = match self.remove_replaced().await {
                Ok(()) => self.remove_all_but(&BTreeSet::new()).await,
                failed => failed,
            };
            complaints.extend(removed.err().map(|failed| failed.text));
        }
        self.asked();
        let fresh = Tenant::start(Options::default()).expect("the tenant starts");
        for list in &self.added_to {
            let left = count(&ask(&self.tenant, "GET", list, &Json::Null).await);
            let usual = count(&ask(&fresh, "GET", list, &Json::Null).await);
            if left > usual {
                complaints.push(format!("{} are left at {list}", left - usual));
            }
        }
        complaints
    }

    fn resolve(&self, given: &Json, plan: &BTreeMap<String, Planned>) -> Result<Value, Failed> {
        let Json::Object(members) = given else {
            return match given {
                Json::Array(items) => {
                    let items = items.iter().map(|item| self.resolve(item, plan));
                    Ok(Value::Array(items.collect::<Result<_, _>>()?))
                }
                other => Ok(value(other)),
            };
        };
        if let Some(reference) = members.get("$ref") {
            return self.refer(reference, plan);
        }
        if let Some(Json::Array(parts)) = members.get("$join") {
            let parts: Vec<Value> =
                parts.iter().map(|part| self.resolve(part, plan)).collect::<Result<_, _>>()?;
            let known = !parts.iter().any(Value::contains_unknown);
            let texts = parts.iter().map(|part| match super::values::json(part) {
                Json::String(text) => text,
                other => other.to_string(),
            });
            return Ok(if known { texts.collect::<String>().into() } else { Value::Unknown });
        }
        if let Some(inner) = members.get("$json") {
            let inner = self.resolve(inner, plan)?;
            let known = !inner.contains_unknown();
            let text = super::values::json(&inner).to_string();
            return Ok(if known { text.into() } else { Value::Unknown });
        }
        let members =
            members.iter().map(|(name, member)| Ok((name.clone(), self.resolve(member, plan)?)));
        Ok(Value::Object(members.collect::<Result<_, Failed>>()?))
    }

    fn refer(&self, reference: &Json, plan: &BTreeMap<String, Planned>) -> Result<Value, Failed> {
        let name = reference[0].as_str().unwrap_or_default();
        let path = reference.as_array().map(|steps| &steps[1..]).unwrap_or_default();
        let is_id = path == [json!("id")] && !name.starts_with("data.");
        let held = self.held.get(name);
        let (id, outputs) = match (plan.get(name), held, self.answers.get(name)) {
            (Some(planned), ..) => (planned.id.clone(), &planned.outputs),
            (_, Some(held), _) => (held.id.as_str().into(), &held.state.outputs),
            (_, _, Some(answer)) => (Value::Null, answer),
            _ => return Err(Failed::of(format!("nothing is named {name}"))),
        };
        if is_id {
            return Ok(id);
        }
        let is_new = plan.contains_key(name);
        let way: Vec<Segment> = serde_json::from_value(path.to_vec().into()).expect("a path");
        let outputs = reveal(outputs.clone());
        let found = way.iter().try_fold(Value::Object(outputs), step);
        // What a preview does not say, it does not know.
        Ok(found.unwrap_or(if is_new { Value::Unknown } else { Value::Null }))
    }

    async fn check(
        &self,
        item: &Item,
        old: Option<&Known>,
        given: Value,
    ) -> Result<Object, Failed> {
        let check = Check {
            urn: of(item),
            olds: old.map(|old| old.inputs.clone()).unwrap_or_default(),
            news: objects(given),
            seed: vec![7; 32],
            autonaming: None,
        };
        let checked = self.engine.check(check).await?;
        match checked.failures.as_slice() {
            [] => Ok(checked.inputs),
            failures => Err(Failed::mistakes(failures)),
        }
    }

    async fn diff(&self, held: &Held, news: &Object) -> Result<Diffed, Failed> {
        let diff = Diff {
            urn: of(&held.item),
            id: held.id.clone(),
            old: held.state.clone(),
            news: news.clone(),
            ..Diff::default()
        };
        Ok(self.engine.diff(diff).await?)
    }

    async fn invoke(&self, item: &Item, arguments: Value) -> Result<Object, Failed> {
        let answer = self.engine.invoke(&item.token, objects(arguments)).await?;
        match answer.failures.as_slice() {
            [] => Ok(answer.inputs),
            failures => Err(Failed::mistakes(failures)),
        }
    }

    async fn read(
        &self,
        item: &Item,
        id: &str,
        known: Option<Known>,
    ) -> Result<Option<(String, Known)>, Failed> {
        let read = Read { urn: of(item), id: id.to_owned(), known, ..Read::default() };
        let read = self.engine.read(read).await?;
        Ok(read.map(|read| (read.id, Known { inputs: read.inputs, outputs: read.outputs })))
    }
}

/// One step into a value; nothing where it ends there, and what is unknown stays so.
fn step(value: Value, segment: &Segment) -> Option<Value> {
    match (value, segment) {
        (Value::Unknown, _) => Some(Value::Unknown),
        (Value::Array(mut items), Segment::Index(index)) => {
            (*index < items.len()).then(|| items.swap_remove(*index))
        }
        (Value::Object(mut properties), Segment::Name(name)) => properties.remove(name),
        (Value::Object(mut properties), Segment::Index(index)) => {
            properties.remove(&index.to_string())
        }
        _ => None,
    }
}

fn is_by_hand(item: &Item) -> bool {
    item.token == MADE_BY_HAND && PACKAGE.resource(MADE_BY_HAND).is_none()
}

fn objects(value: Value) -> Object {
    match value {
        Value::Object(properties) => properties,
        _ => Object::new(),
    }
}

fn of(item: &Item) -> String {
    urn(&item.token, item.short_name())
}

fn update(held: &Held, news: Object, preview: bool) -> Update {
    Update {
        urn: of(&held.item),
        id: held.id.clone(),
        old: held.state.clone(),
        news,
        preview,
        ..Update::default()
    }
}

/// How many objects are in the answer to a list; none where there is no such list.
fn count((status, answer): &(u16, Json)) -> usize {
    let list = match answer {
        Json::Array(items) => Some(items),
        Json::Object(members) => members.values().find_map(Json::as_array),
        _ => None,
    };
    list.filter(|_| *status < 300).map_or(0, Vec::len)
}

async fn ask(tenant: &Running, method: &str, path: &str, body: &Json) -> (u16, Json) {
    let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
    let request = axum::http::Request::builder()
        .method(method)
        .uri(path)
        .header("user-agent", SOMEBODY_ELSE)
        .header("authorization", format!("Bearer {}", tenant.token()))
        .header("content-type", "application/json");
    let request = request.body(body).expect("valid parts");
    let answer = tenant.answer(request).await.expect("a tenant without faults answers");
    let body = serde_json::from_slice(answer.body()).unwrap_or_default();
    (answer.status().as_u16(), body)
}

/// Whether the value at the end of the way is there, and is that.
pub fn holds(object: &Json, way: &[String], value: &Json) -> bool {
    let Some((last, way)) = way.split_last() else { return object == value };
    let way: Vec<Segment> = way.iter().cloned().map(Segment::Name).collect();
    let found = look(object, &way).get(last);
    match value {
        Json::Null => found.is_none(),
        value => found == Some(value),
    }
}

/// What a change is of, as closely as it is known.
pub fn told(diff: &Diffed) -> String {
    let paths = match &diff.detailed {
        Some(detailed) => detailed.keys().cloned().collect(),
        None => diff.diffs.clone(),
    };
    format!("changes {paths:?}, replaces {:?}", diff.replaces)
}
