//! Plans: which requests are sent for one resource, in which order, and what each answer is for.
//!
//! A plan is plain data, made by the class of the resource without I/O, so that it can be tested as a table; `run` sends
//! what it says.

use pulumi_rs_sdk::table::rest::{self, WireObject};
use serde_json::Value as Json;

use crate::api::{Answer, Means, Method, Request};

/// What is to be done, step by step.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    /// The member without which the object is not shown: that which its id is taken from.
    pub(super) id_member: Option<&'static str>,
}

/// One request of a plan.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Step {
    pub(super) request: Request,
    pub(super) shows: Shows,
    pub(super) gone: Gone,
}

/// What the answer to a step shows of the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shows {
    /// Nothing that a later step does not show better.
    Nothing,
    /// Its members.
    Members,
    /// This member of it.
    Member(&'static str),
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

impl Plan {
    /// The plan of these steps.
    pub(super) fn of(steps: impl IntoIterator<Item = Step>) -> Plan {
        Plan { steps: steps.into_iter().collect(), id_member: None }
    }

    /// The plan whose answers must show an object with that member.
    pub(super) fn of_object(
        id_member: &'static str,
        steps: impl IntoIterator<Item = Step>,
    ) -> Plan {
        Plan { id_member: Some(id_member), ..Plan::of(steps) }
    }

    /// Whether it makes something that was not there before, so that it can be undone.
    pub(super) fn makes(&self) -> bool {
        self.steps.iter().any(|step| {
            let otherwise = match &step.gone {
                Gone::Else(request) => request.means == Means::Makes,
                Gone::Ends | Gone::IsFine => false,
            };
            otherwise || step.request.means == Means::Makes
        })
    }

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
        Step { request, shows, gone: Gone::Ends }
    }

    /// A request whose answer shows nothing.
    pub(super) fn silent(request: Request) -> Step {
        Step::shows(Shows::Nothing, request)
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
        match (self.shows, answer.into_json()) {
            (Shows::Nothing, _) => {}
            (Shows::Members, Some(Json::Object(members))) => object.extend(members),
            (Shows::Member(name), Some(json)) => {
                object.insert(name.to_owned(), json);
            }
            (Shows::Members | Shows::Member(_), _) => return false,
        }
        true
    }
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
        let sent = |request: &Request| {
            let segments: Vec<&str> = request.path.segments().collect();
            let body = request.body.as_ref().map(|body| format!(" {body}")).unwrap_or_default();
            format!("{:?} {} {}{body}", request.means, request.method, segments.join("/"))
        };
        let lines = self.steps.iter().map(|step| {
            let gone = match &step.gone {
                Gone::Ends => String::new(),
                Gone::IsFine => " or gone".to_owned(),
                Gone::Else(request) => format!(" else {}", sent(request)),
            };
            let shows = match step.shows {
                Shows::Nothing => String::new(),
                Shows::Members => " -> members".to_owned(),
                Shows::Member(name) => format!(" -> {name}"),
            };
            sent(&step.request) + &gone + &shows
        });
        f.write_str(&lines.collect::<Vec<_>>().join("\n"))
    }
}
