//! Plans: what is sent for one resource, in which order, and what each answer is for.
//!
//! A plan is plain data, made by the class of the resource without I/O, so that it can be tested as a table; `run` sends
//! what it says.

use pulumi_rs_sdk::table::rest::{self, Entries, Part, Reading, WireObject};
use serde_json::Value as Json;

use super::lists::{Change, Key};
use super::wire;
use crate::api::{Answer, Means, Method, Path, Request};

/// What is to be done.
#[derive(Clone, Debug)]
pub(super) enum Plan {
    /// These steps, one after another.
    Steps(Steps),
    /// Something with a list that others change too.
    List(ListPlan),
}

/// Requests, one after another.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Steps {
    pub(super) steps: Vec<Step>,
    /// The member without which the object is not shown: that which its id is taken from.
    pub(super) id_member: Option<&'static str>,
    /// Whether a step that fails leaves those after it as they are.
    pub(super) are_apart: bool,
}

/// One request of a plan.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Step {
    pub(super) request: Request,
    pub(super) shows: Shows,
    pub(super) gone: Gone,
    /// The code of the error that says that the tenant's plan does not have it, where that is no reason to fail.
    pub(super) denied: Option<&'static str>,
    /// Whether that the API does not show it is no reason to fail.
    pub(super) may_be_hidden: bool,
    /// The wire path of the object, and the values that have to have been shown there, without which it is left out.
    pub(super) when: Option<(&'static str, &'static [&'static str])>,
    /// The member of what was shown before that is all of the body.
    pub(super) filled_by: Option<&'static str>,
}

/// What the answer to a step shows of the object.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shows {
    /// Nothing that a later step does not show better.
    Nothing,
    /// Its members.
    Members,
    /// What it has at this wire path.
    At(&'static str),
    /// What it has where these parts are, by the entries of a list.
    Listed(Vec<&'static Part>),
}

/// What becomes of a plan where the API says that there is no such thing.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Gone {
    /// It ends.
    Ends,
    /// That is as good.
    IsFine,
    /// This is sent in its place.
    Else(Box<Request>),
}

/// What is done with a list.
#[derive(Clone, Debug)]
pub(super) struct ListPlan {
    pub(super) of: &'static Entries,
    pub(super) path: Path,
    /// What is to become of it; nothing where it is read only.
    pub(super) change: Option<Change>,
    pub(super) shows: Listed,
    /// What is asked of the parent beside, and which members of the answer are shown.
    pub(super) parent: Option<(Request, &'static [&'static str])>,
}

/// What the list shows of the object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Listed {
    /// Nothing.
    Nothing,
    /// The entry of this key.
    Entry(Key),
    /// All entries, at this wire path.
    All {
        at: &'static str,
        /// Whether as the texts of their keys.
        are_bare: bool,
    },
}

impl Plan {
    /// The plan of these steps.
    pub(super) fn of(steps: impl IntoIterator<Item = Step>) -> Plan {
        Plan::Steps(Steps { steps: steps.into_iter().collect(), ..Steps::default() })
    }

    /// The plan whose answers must show an object with that member.
    pub(super) fn of_object(
        id_member: &'static str,
        steps: impl IntoIterator<Item = Step>,
    ) -> Plan {
        let steps = steps.into_iter().collect();
        Plan::Steps(Steps { steps, id_member: Some(id_member), are_apart: false })
    }

    /// The plan of steps of which each is tried, whatever becomes of the others.
    pub(super) fn apart(steps: impl IntoIterator<Item = Step>) -> Plan {
        let steps = steps.into_iter().collect();
        Plan::Steps(Steps { steps, id_member: None, are_apart: true })
    }

    /// Whether it makes something that was not there before, so that it can be undone.
    pub(super) fn makes(&self) -> bool {
        let Plan::Steps(steps) = self else {
            return false;
        };
        steps.steps.iter().any(|step| match &step.gone {
            Gone::Else(request) => request.means == Means::Makes,
            Gone::Ends | Gone::IsFine => step.request.means == Means::Makes,
        })
    }
}

impl Steps {
    /// Whether the object shows what it must.
    pub(super) fn is_shown_by(&self, object: &WireObject) -> bool {
        self.id_member.is_none_or(|member| {
            object.get(member).and_then(Json::as_str).is_some_and(|id| !id.is_empty())
        })
    }
}

impl Step {
    /// A request whose answer shows that of the object.
    pub(super) fn shows(shows: Shows, request: Request) -> Step {
        Step {
            request,
            shows,
            gone: Gone::Ends,
            denied: None,
            may_be_hidden: false,
            when: None,
            filled_by: None,
        }
    }

    /// A request whose answer shows nothing.
    pub(super) fn silent(request: Request) -> Step {
        Step::shows(Shows::Nothing, request)
    }

    /// Its body is that member of what was shown before.
    pub(super) fn filled_by(self, member: &'static str) -> Step {
        Step { filled_by: Some(member), ..self }
    }

    /// That there is no such thing is as good.
    pub(super) fn or_gone(self) -> Step {
        Step { gone: Gone::IsFine, ..self }
    }

    /// This is sent in its place where there is no such thing.
    pub(super) fn or_else(self, request: Request) -> Step {
        Step { gone: Gone::Else(Box::new(request)), ..self }
    }

    /// Adds to an object what the answer shows of it; false where it does not show what it must.
    #[must_use]
    pub(super) fn add(&self, answer: Answer, object: &mut WireObject) -> bool {
        match (&self.shows, answer.into_json()) {
            (Shows::Nothing, _) => {}
            (Shows::Members | Shows::At(""), Some(Json::Object(members))) => object.extend(members),
            (Shows::At(path), Some(json)) if !path.is_empty() => wire::lay(object, path, json),
            (Shows::Listed(parts), Some(Json::Array(entries))) => {
                for (part, entry) in
                    parts.iter().filter_map(|part| Some((part, entry_of(part, &entries)?)))
                {
                    wire::lay(object, part.of, entry.into());
                }
            }
            _ => return false,
        }
        true
    }
}

/// The entry of a list that shows that part, without its name.
fn entry_of(part: &Part, entries: &[Json]) -> Option<WireObject> {
    let Reading::Listed(_, own) = part.read else { return None };
    let mut entries = entries.iter().filter_map(Json::as_object);
    let mut entry =
        entries.find(|entry| entry.get("name").is_some_and(|name| name == own))?.clone();
    entry.remove("name");
    Some(entry)
}

/// Whether an object has one of these values at the wire path, a flag as its text; what is not said has.
pub(super) fn counts(when: Option<(&str, &[&str])>, object: &WireObject) -> bool {
    when.is_none_or(|(path, values)| match wire::get(object, path) {
        Some(Json::String(text)) => values.contains(&text.as_str()),
        Some(Json::Bool(flag)) => values.contains(&if *flag { "true" } else { "false" }),
        _ => false,
    })
}

impl From<rest::Method> for Method {
    fn from(method: rest::Method) -> Method {
        match method {
            rest::Method::Patch => Method::Patch,
            rest::Method::Put => Method::Put,
        }
    }
}

#[cfg(test)]
impl std::fmt::Display for Plan {
    /// One step a line, as tests compare it: what is sent, `-> ` what the answer shows.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let path = |path: &Path| path.segments().collect::<Vec<_>>().join("/");
        let sent = |request: &Request| {
            let body = request.body.as_ref().map(|body| format!(" {body}")).unwrap_or_default();
            format!("{:?} {} {}{body}", request.means, request.method, path(&request.path))
        };
        let steps = match self {
            Plan::Steps(steps) => &steps.steps,
            Plan::List(list) => {
                let shows = match &list.shows {
                    Listed::Nothing => String::new(),
                    Listed::Entry(key) => format!(" -> {}", key.join("+")),
                    Listed::All { at, are_bare } => {
                        format!(" -> {at}{}", if *are_bare { " (keys)" } else { "" })
                    }
                };
                let change = list.change.clone().map_or("reads".to_owned(), |change| {
                    let puts = Json::from(change.puts);
                    let all = if change.is_all { "alone " } else { "" };
                    format!("puts {all}{puts} takes {}", Json::from(change.takes.concat()))
                });
                let parent = list
                    .parent
                    .as_ref()
                    .map(|(get, members)| format!("\n{} -> {}", sent(get), members.join("+")));
                let parent = parent.unwrap_or_default();
                return write!(f, "{} {change}{shows}{parent}", path(&list.path));
            }
        };
        let lines = steps.iter().map(|step| {
            let gone = match &step.gone {
                Gone::Ends => String::new(),
                Gone::IsFine => " or gone".to_owned(),
                Gone::Else(request) => format!(" else {}", sent(request)),
            };
            let shows = match &step.shows {
                Shows::Nothing => String::new(),
                Shows::Members => " -> members".to_owned(),
                Shows::At(name) => format!(" -> {name}"),
                Shows::Listed(_) => " -> by name".to_owned(),
            };
            let when =
                step.when.map(|(path, values)| format!(" when {path} is {}", values.join("|")));
            sent(&step.request) + &gone + &shows + &when.unwrap_or_default()
        });
        f.write_str(&lines.collect::<Vec<_>>().join("\n"))
    }
}
