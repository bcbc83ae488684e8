//! What an operation of the engine did, read from its event log.

use std::{collections::BTreeMap, fmt, sync::LazyLock};

use regex::Regex;
use serde_json::Value;

/// What an operation did.
#[derive(Debug)]
pub struct Report {
    /// Whether the engine ended with success.
    pub ok: bool,
    /// What it did with each of our resources, in order.
    pub steps: Vec<Step>,
    /// What it told the user.
    pub diagnostics: Vec<Diagnostic>,
    /// The stack's outputs; in a preview those that are not known yet are [`Report::UNKNOWN`].
    pub outputs: Value,
    /// The number of resources by operation, the stack itself included.
    pub changes: BTreeMap<String, u64>,
    /// All that it printed.
    pub text: String,
}

/// One operation on one resource.
#[derive(Debug)]
pub struct Step {
    /// The engine's word: `create`, `same`, `update`, `replace`, `delete`, ...
    pub op: String,
    /// The resource's name in the program.
    pub name: String,
    /// The paths of the properties that differ.
    pub diffs: Vec<String>,
}

/// One message for the user.
#[derive(Debug)]
pub struct Diagnostic {
    /// `error`, `warning`, `info`, `info#err`, ...
    pub severity: String,
    /// The text, as the engine shows it.
    pub message: String,
    /// The resource's name, where it is about one.
    pub name: Option<String>,
}

impl Report {
    /// What stands for an output that is not known before the update.
    pub const UNKNOWN: &'static str = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    /// Reads the events of one operation.
    pub(crate) fn read(ok: bool, events: &[Value], text: String) -> Self {
        let mut report = Self {
            ok,
            steps: Vec::new(),
            diagnostics: Vec::new(),
            outputs: Value::Null,
            changes: BTreeMap::new(),
            text,
        };
        for event in events {
            report.add(event);
        }
        report
    }

    fn add(&mut self, event: &Value) {
        let step = &event["resourcePreEvent"]["metadata"];
        if ["auth0:", "filestore:"].iter().any(|ours| str(&step["type"]).starts_with(ours)) {
            let detailed = step["detailedDiff"].as_object().map(|paths| paths.keys().cloned());
            self.steps.push(Step {
                op: str(&step["op"]).to_owned(),
                name: name(&step["urn"]),
                diffs: detailed
                    .filter(|paths| paths.len() > 0)
                    .map_or_else(|| strings(&step["diffs"]), Iterator::collect),
            });
        }
        let done = &event["resOutputsEvent"]["metadata"];
        if str(&done["type"]) == "pulumi:pulumi:Stack" && done["new"]["outputs"].is_object() {
            self.outputs = done["new"]["outputs"].clone();
        }
        if let Some(message) = event["diagnosticEvent"]["message"].as_str() {
            let event = &event["diagnosticEvent"];
            self.diagnostics.push(Diagnostic {
                severity: str(&event["severity"]).to_owned(),
                message: message.trim().to_owned(),
                name: event["urn"].as_str().map(|_| name(&event["urn"])),
            });
        }
        if let Some(changes) = event["summaryEvent"]["resourceChanges"].as_object() {
            let counts = changes.iter().map(|(op, n)| (op.clone(), n.as_u64().unwrap_or(0)));
            self.changes = counts.collect();
        }
    }

    /// The report of an operation that must have succeeded.
    #[track_caller]
    pub fn succeeded(self) -> Self {
        assert!(self.ok, "the operation failed:\n{self}");
        self
    }

    /// The report of an operation that must have failed.
    #[track_caller]
    pub fn failed(self) -> Self {
        assert!(!self.ok, "the operation succeeded:\n{self}");
        self
    }

    /// The resources and what was done with them, without those that stayed the same: `["update ai-client"]`.
    pub fn changed(&self) -> Vec<String> {
        let changing = self.steps.iter().filter(|step| !["same", "refresh"].contains(&&*step.op));
        changing.map(|step| format!("{} {}", step.op, step.name)).collect()
    }

    /// An output of the stack, which must be a string.
    #[track_caller]
    pub fn output(&self, name: &str) -> &str {
        let value = self.outputs[name].as_str();
        value.unwrap_or_else(|| panic!("no output `{name}` that is a string:\n{self}"))
    }

    /// The step of a resource, of which there must be one.
    #[track_caller]
    pub fn step(&self, name: &str) -> &Step {
        let mut steps = self.steps.iter().filter(|step| step.name == name);
        match (steps.next(), steps.next()) {
            (Some(step), None) => step,
            _ => panic!("not one step of `{name}`:\n{self}"),
        }
    }

    /// The errors and warnings, each once, with what differs between two runs replaced.
    pub fn messages(&self) -> String {
        self.told(normal)
    }

    /// The errors and warnings, each once.
    pub fn messages_as_they_are(&self) -> String {
        self.told(str::to_owned)
    }

    fn told(&self, text: impl Fn(&str) -> String) -> String {
        let mut lines = Vec::new();
        for diagnostic in &self.diagnostics {
            let told = ["error", "warning"].contains(&&*diagnostic.severity);
            let subject =
                diagnostic.name.as_deref().map(|name| format!("{name}: ")).unwrap_or_default();
            let line = format!("{}{subject}{}", prefix(diagnostic), text(&diagnostic.message));
            if told && !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines.join("\n")
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "steps: {:#?}", self.steps)?;
        for diagnostic in self.diagnostics.iter().filter(|told| told.severity != "debug") {
            writeln!(f, "{}: {:?}: {}", diagnostic.severity, diagnostic.name, diagnostic.message)?;
        }
        writeln!(f, "{}", self.text)
    }
}

/// The severity, unless the message begins with it already.
fn prefix(diagnostic: &Diagnostic) -> String {
    let severity = format!("{}: ", diagnostic.severity);
    if diagnostic.message.starts_with(&severity) { String::new() } else { severity }
}

/// The text with what differs between two runs replaced by what it is.
fn normal(text: &str) -> String {
    static PATTERNS: LazyLock<[(Regex, &str); 4]> = LazyLock::new(|| {
        let regex = |pattern| Regex::new(pattern).expect("a valid pattern");
        [
            (regex(r"127\.0\.0\.1:\d+"), "127.0.0.1:PORT"),
            (regex(r"\bcgr_[A-Za-z0-9]+"), "cgr_ID"),
            (regex(r"\b[A-Za-z0-9]{32}\b"), "CLIENT_ID"),
            (regex(r"<\{%[a-z ]*%\}>"), ""),
        ]
    });
    PATTERNS.iter().fold(text.to_owned(), |text, (pattern, plain)| {
        pattern.replace_all(&text, *plain).into_owned()
    })
}

fn str(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|item| str(item).to_owned()).collect()
}

/// The name that ends a URN.
fn name(urn: &Value) -> String {
    str(urn).rsplit("::").next().unwrap_or_default().to_owned()
}
