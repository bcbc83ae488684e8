//! One operation: what is asked of a provider, in the order of the engine, and what the state keeps of the answers.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use auth0_local_tenant::Running;
use futures_util::future::join_all;
use pulumi_rs_sdk::check::{CheckContext, check};
use pulumi_rs_sdk::diff::diff;
use pulumi_rs_sdk::log::{Log, LogMessage, LogSink, Severity};
use pulumi_rs_sdk::provider::{
    Context, CreateRequest, Created, DeleteRequest, Known, NoteRequest, ReadRequest, UpdateRequest,
    import_line,
};
use pulumi_rs_sdk::state::{defaults, keep_defaults, stripped};
use pulumi_rs_sdk::table::Resource;
use pulumi_rs_sdk::testing::urn;
use pulumi_rs_sdk::value::{Object, Value};
use tokio_util::sync::CancellationToken;

use crate::api::in_process::api;
use crate::auth0::PACKAGE;
use crate::resources::{CLIENT, CLIENT_GRANT};
use crate::rest::Tenant;

/// The APIs that grants are for.
pub const APIS: [&str; 2] = ["https://one.example.com/", "https://two.example.com/"];

/// What the program wants: clients by their names in it.
pub type Program = BTreeMap<String, Wanted>;

/// A client, and its grant if it has one.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub name: Option<String>,
    pub description: &'static str,
    pub grant: Option<Grant>,
}

/// A grant, whose name in the program changes at times.
#[derive(Clone, Debug)]
pub struct Grant {
    pub name: String,
    pub api: &'static str,
    pub scopes: Vec<&'static str>,
    /// The program has a change of scopes replace it (`replaceOnChanges`).
    pub replaced_by_changes: bool,
}

/// A resource as the state holds it.
#[derive(Clone, Debug)]
pub struct Held {
    pub resource: &'static Resource,
    pub name: String,
    pub id: String,
    pub known: Known,
    /// The engine asks for an update of it, whatever differs.
    unfinished: bool,
}

/// What ends an operation early.
#[derive(Clone, Copy, Debug)]
pub enum Interrupt {
    /// The user's ^C: what is under way is waited for.
    Cancel,
    /// A second one: nothing is.
    Gone,
}

/// One operation of the engine, with a provider that has just been started.
pub struct Operation {
    /// The tenant itself, to have it lie.
    there: Arc<Running>,
    tenant: Tenant,
    cancel: CancellationToken,
    /// Nothing more is begun.
    over: Cell<bool>,
    gone: Cell<bool>,
    failed: Cell<bool>,
    stack: RefCell<Stack>,
}

/// What the engine keeps.
#[derive(Default)]
pub struct Stack {
    /// The resources by URN.
    pub state: BTreeMap<String, Held>,
    /// What was replaced, and is still to be deleted.
    pub replaced: Vec<(String, Held)>,
    /// The ids of what was to be deleted before another of the same key is made.
    pub deleted_first: BTreeSet<String>,
    /// All that the user has seen, and can read again.
    pub told: Arc<Mutex<Vec<String>>>,
    /// What the engine draws the seeds of names from.
    pub random: fastrand::Rng,
}

struct Told(Arc<Mutex<Vec<String>>>);

impl LogSink for Told {
    /// The engine shows debug messages to those who ask for them, and a status for a moment.
    fn log(&self, message: LogMessage) {
        if message.severity != Severity::Debug && !message.ephemeral {
            self.0.lock().unwrap().push(message.text);
        }
    }
}

/// The URNs of a program.
pub fn urns(program: &Program) -> BTreeSet<String> {
    let clients = program.keys().map(|name| urn_of(&CLIENT, name));
    let grants = program.values().filter_map(|wanted| wanted.grant.as_ref());
    clients.chain(grants.map(|grant| urn_of(&CLIENT_GRANT, &grant.name))).collect()
}

/// The URN of a resource.
fn urn_of(resource: &Resource, name: &str) -> String {
    urn(&PACKAGE.resource_token(resource), name)
}

impl Operation {
    pub fn begin(tenant: &Arc<Running>, mut stack: Stack) -> Self {
        let has_token = stack.random.bool();
        Operation {
            there: tenant.clone(),
            tenant: Tenant::new(api(tenant, has_token), false),
            cancel: CancellationToken::new(),
            over: Cell::new(false),
            gone: Cell::new(false),
            failed: Cell::new(false),
            stack: RefCell::new(stack),
        }
    }

    /// Ends the operation: what is kept, and whether it succeeded.
    pub fn end(self) -> (Stack, bool) {
        (self.stack.into_inner(), !self.failed.get() && !self.over.get())
    }

    /// Does the work, and is interrupted in it.
    pub async fn run(
        &self,
        work: impl Future<Output = ()>,
        interrupt: Option<(Duration, Interrupt)>,
    ) {
        let stop = async {
            let Some((after, interrupt)) = interrupt else { return std::future::pending().await };
            tokio::time::sleep(after).await;
            self.over.set(true);
            self.gone.set(matches!(interrupt, Interrupt::Gone));
            self.cancel.cancel();
            std::future::pending().await
        };
        tokio::select! {
            biased;
            () = work => {}
            () = stop => {}
        }
    }

    /// Brings the stack to the program; all clients are begun at once, and each before its grant.
    pub async fn up(&self, program: &Program) {
        join_all(program.iter().map(|(name, wanted)| self.bring(name, wanted))).await;
        let wanted = urns(program);
        self.delete_all(|urn| !wanted.contains(urn)).await;
    }

    pub async fn destroy(&self) {
        self.delete_all(|_| true).await;
    }

    /// Reads all that the state has; `lost` is told what is said to be gone.
    pub async fn refresh(&self, lost: impl Fn(&Held)) {
        let all: Vec<(String, Held)> = self.all();
        join_all(all.iter().map(|(urn, held)| self.read(urn, held, &lost))).await;
    }

    async fn bring(&self, name: &str, wanted: &Wanted) {
        let mut inputs = vec![("description".to_owned(), Value::from(wanted.description))];
        inputs.extend(wanted.name.as_deref().map(|name| ("name".to_owned(), Value::from(name))));
        let Some(id) = self.step(&CLIENT, name, inputs.into_iter().collect(), false).await else {
            return;
        };
        if let Some(grant) = &wanted.grant {
            let inputs = [
                ("clientId".to_owned(), Value::from(id)),
                ("audience".to_owned(), grant.api.into()),
                ("scopes".to_owned(), grant.scopes.clone().into()),
            ];
            let replaced = grant.replaced_by_changes;
            self.step(&CLIENT_GRANT, &grant.name, inputs.into(), replaced).await;
        }
    }

    /// Makes or changes one resource; its id, where it is as the program wants it.
    async fn step(
        &self,
        resource: &'static Resource,
        name: &str,
        news: Object,
        replaced_by_changes: bool,
    ) -> Option<String> {
        if self.over.get() || self.failed.get() {
            return None;
        }
        let urn = urn_of(resource, name);
        let held = self.stack.borrow().state.get(&urn).cloned();
        let olds = held.as_ref().map(|held| held.known.inputs.clone()).unwrap_or_default();
        let mut seed = [0; 32];
        self.stack.borrow_mut().random.fill(&mut seed);
        let context = CheckContext { name, olds: &olds, seed: &seed, autonaming: None };
        let checked = check(resource, &news, &context);
        assert!(checked.failures.is_empty(), "{:?}", checked.failures);
        match held {
            None => self.create(resource, name, urn, checked.inputs).await,
            Some(held) => self.change(urn, held, checked.inputs, replaced_by_changes).await,
        }
    }

    async fn create(
        &self,
        resource: &'static Resource,
        name: &str,
        urn: String,
        inputs: Object,
    ) -> Option<String> {
        let request = CreateRequest {
            resource,
            token: PACKAGE.resource_token(resource),
            urn: urn.clone(),
            name: name.to_owned(),
            inputs: stripped(&inputs),
            defaults: defaults(&inputs),
            timeout: None,
        };
        let made = self.tenant.create(&self.context(&urn), request).await;
        let held = |id: String, inputs, outputs, unfinished| {
            let (name, known) = (name.to_owned(), Known { inputs, outputs });
            Held { resource, name, id, known, unfinished }
        };
        match made {
            Ok(made) if self.gone.get() => {
                self.undo(resource, name, &urn, inputs, made).await;
                None
            }
            Ok(Created { id, outputs }) => {
                self.keep(urn, held(id.clone(), inputs, outputs, false));
                Some(id)
            }
            Err(error) => {
                self.fail(error.message);
                if let Some(mut part) = error.created.filter(|_| !self.gone.get()) {
                    keep_defaults(&mut part.inputs, &inputs);
                    self.keep(urn, held(part.id, part.inputs, part.outputs, true));
                }
                None
            }
        }
    }

    /// As the framework does where nobody takes the answer of a create.
    async fn undo(
        &self,
        resource: &'static Resource,
        name: &str,
        urn: &str,
        inputs: Object,
        made: Created,
    ) {
        let old = Known { inputs, outputs: made.outputs };
        let (id, urn) = (made.id.clone(), urn.to_owned());
        let request = DeleteRequest { resource, urn, id: made.id, old, timeout: None };
        let context = Context { cancel: CancellationToken::new(), ..self.context("") };
        // It was made by this process, which may know better than a tenant that does not know it yet.
        let unseen = "DELETE /api/v2/clients/{id} => status:404 x1".parse().unwrap();
        let unseen = self.there.add_fault(unseen);
        let undone = self.tenant.undo_create(&context, request).await;
        self.there.remove_fault(unseen);
        if !matches!(undone, Ok(true)) {
            self.tell(import_line(&PACKAGE.resource_token(resource), name, &id));
        }
    }

    async fn change(
        &self,
        urn: String,
        held: Held,
        inputs: Object,
        replaced_by_changes: bool,
    ) -> Option<String> {
        let Held { resource, id, known, .. } = held.clone();
        let diff = diff(resource, &known, &inputs, &[]);
        let changes = !diff.changes.is_empty();
        let note =
            NoteRequest { resource, urn: &urn, id: &id, old: &known, news: &inputs, changes };
        self.tenant.note(&note).unwrap_or_else(|error| panic!("{error}"));
        if diff.replaces() || (changes && replaced_by_changes) {
            assert_ne!(diff.replaces(), diff.delete_before_replace, "another key: {diff:?}");
            if diff.delete_before_replace {
                self.stack.borrow_mut().deleted_first.insert(id);
                if !self.delete(&urn, &held).await {
                    return None;
                }
                self.stack.borrow_mut().state.remove(&urn);
                if self.over.get() || self.failed.get() {
                    return None;
                }
                return self.create(resource, &held.name, urn, inputs).await;
            }
            let made = self.create(resource, &held.name, urn.clone(), inputs).await;
            let mut stack = self.stack.borrow_mut();
            // Also one that was made in part is in the place of the old.
            if stack.state.get(&urn).is_some_and(|new| new.id != held.id) {
                stack.replaced.push((urn, held));
            }
            return made;
        }
        if !changes && !held.unfinished {
            return Some(id);
        }
        let request = UpdateRequest {
            resource,
            urn: urn.clone(),
            id: id.clone(),
            old: known,
            inputs: stripped(&inputs),
            ignore_changes: Vec::new(),
            timeout: None,
        };
        match self.tenant.update(&self.context(&urn), request).await {
            Ok(outputs) => {
                if !self.gone.get() {
                    let known = Known { inputs, outputs };
                    self.keep(urn, Held { known, unfinished: false, ..held });
                }
                Some(id)
            }
            Err(error) => {
                self.fail(error.message);
                None
            }
        }
    }

    async fn read(&self, urn: &str, held: &Held, lost: &impl Fn(&Held)) {
        if self.over.get() || self.failed.get() {
            return;
        }
        let request = ReadRequest {
            resource: held.resource,
            urn: urn.to_owned(),
            id: held.id.clone(),
            known: Some(held.known.clone()),
            timeout: None,
        };
        let context = self.context(urn);
        let read = tokio::select! {
            biased;
            read = self.tenant.read(&context, request) => read,
            () = self.cancel.cancelled() => return,
        };
        match read {
            Ok(Some(read)) => {
                let known = Known { inputs: read.inputs, outputs: read.outputs };
                self.keep(urn.to_owned(), Held { id: read.id, known, ..held.clone() });
            }
            Ok(None) => {
                lost(held);
                self.stack.borrow_mut().state.remove(urn);
            }
            Err(error) => self.fail(error.message),
        }
    }

    /// Grants go before their clients, and what was replaced with them.
    async fn delete_all(&self, unwanted: impl Fn(&str) -> bool) {
        let replaced = self.stack.borrow().replaced.clone();
        let replaced = replaced.iter().map(|(urn, held)| async {
            if self.delete(urn, held).await {
                self.stack.borrow_mut().replaced.retain(|(_, other)| other.id != held.id);
            }
        });
        join_all(replaced).await;
        for resource in [&CLIENT_GRANT, &CLIENT] {
            let mut all = self.all();
            all.retain(|(urn, held)| held.resource.name == resource.name && unwanted(urn));
            let all = all.iter().map(|(urn, held)| async move {
                if self.delete(urn, held).await {
                    self.stack.borrow_mut().state.remove(urn);
                }
            });
            join_all(all).await;
        }
    }

    /// Whether the engine hears that it is gone.
    async fn delete(&self, urn: &str, held: &Held) -> bool {
        if self.over.get() || self.failed.get() {
            return false;
        }
        let request = DeleteRequest {
            resource: held.resource,
            urn: urn.to_owned(),
            id: held.id.clone(),
            old: held.known.clone(),
            timeout: None,
        };
        match self.tenant.delete(&self.context(urn), request).await {
            Ok(()) => !self.gone.get(),
            Err(error) => {
                self.fail(error.message);
                false
            }
        }
    }

    fn all(&self) -> Vec<(String, Held)> {
        let stack = self.stack.borrow();
        stack.state.iter().map(|(urn, held)| (urn.clone(), held.clone())).collect()
    }

    fn keep(&self, urn: String, held: Held) {
        self.stack.borrow_mut().state.insert(urn, held);
    }

    fn context(&self, urn: &str) -> Context {
        let log = Log::new(Arc::new(Told(self.stack.borrow().told.clone())), urn);
        Context { log, cancel: self.cancel.clone() }
    }

    fn fail(&self, message: String) {
        self.failed.set(true);
        self.tell(message);
    }

    fn tell(&self, text: String) {
        self.stack.borrow().told.lock().unwrap().push(text);
    }
}
