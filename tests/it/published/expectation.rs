//! Whether what a test expects of the outputs holds.

use std::collections::BTreeMap;

use regex::Regex;
use serde_json::{Value as Json, json};

use super::form::{Expectation, Segment};
use super::values::look;

/// What a resource or function gave, by its name.
pub type Outputs = BTreeMap<String, Json>;

/// What Pulumi writes where Terraform has nothing.
const MANAGED: &str = "Managed by Pulumi";

impl Expectation {
    /// Nothing where it holds, else what was found instead.
    pub fn failed(&self, outputs: &Outputs) -> Option<String> {
        let (holds, found) = match self {
            Expectation::Custom | Expectation::Unmapped => return None,
            Expectation::Equals { at, path, value } => {
                let found = found(outputs, at, path);
                (same(&found, value), found)
            }
            Expectation::Set { at, path } => {
                let found = found(outputs, at, path);
                (!found.is_null() && found != "", found)
            }
            Expectation::Absent { at, path } => {
                let found = found(outputs, at, path);
                (says_nothing(&found), found)
            }
            Expectation::Matches { at, path, value } => {
                let found = found(outputs, at, path);
                let pattern = Regex::new(value).expect("the pattern is one");
                (pattern.is_match(&text(&found)), found)
            }
            Expectation::Contains { at, path, value } => {
                let found = found(outputs, at, path);
                (items(&found).iter().any(|item| same(item, value)), found)
            }
            Expectation::ContainsObject { at, path, value } => {
                let found = found(outputs, at, path);
                (items(&found).iter().any(|item| has(item, value)), found)
            }
            Expectation::Pair { at, path, at2, path2 } => {
                let pair = [found(outputs, at, path), found(outputs, at2, path2)];
                (text(&pair[0]) == text(&pair[1]), pair.into_iter().collect())
            }
            Expectation::ContainsPair { at, path, at2, path2 } => {
                let (found, other) = (found(outputs, at, path), found(outputs, at2, path2));
                // Of what is no list, it is said of the value itself.
                let holds = match &found {
                    Json::Array(items) => items.iter().any(|item| text(item) == text(&other)),
                    single => text(single) == text(&other),
                };
                (holds, found)
            }
        };
        (!holds).then(|| format!("expected {self:?}, found {}", shortened(&found.to_string())))
    }
}

/// The beginning of a text that may be long.
pub fn shortened(text: &str) -> String {
    text.chars().take(300).collect()
}

/// What is at the path: `#` and `%` are a length, `#present` is 1 where there is something, `*` stands for
/// every element.
fn found(outputs: &Outputs, at: &str, path: &[Segment]) -> Json {
    let Some(from) = outputs.get(at) else { return Json::Null };
    if let Some(star) = path.iter().position(is("*")) {
        let elements = items(look(from, &path[..star])).iter();
        return elements.map(|element| look(element, &path[star + 1..]).clone()).collect();
    }
    match path.split_last() {
        Some((last, way)) if is("#present")(last) => present(look(from, way)),
        Some((last, way)) if is("#")(last) || is("%")(last) => length(look(from, way)),
        _ => look(from, path).clone(),
    }
}

fn is(word: &'static str) -> impl Fn(&Segment) -> bool {
    move |segment| matches!(segment, Segment::Name(name) if name == word)
}

fn length(value: &Json) -> Json {
    match value {
        Json::Array(items) => items.len().into(),
        Json::Object(members) => members.len().into(),
        _ => 0.into(),
    }
}

fn present(value: &Json) -> Json {
    let there = !value.is_null() && value != &json!([]);
    u8::from(there).into()
}

fn items(value: &Json) -> &[Json] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Whether an element has all these values, by dotted path.
fn has(element: &Json, values: &BTreeMap<String, String>) -> bool {
    values.iter().all(|(path, value)| {
        let way: Vec<Segment> = path
            .split('.')
            .map(|step| match step.parse() {
                Ok(index) => Segment::Index(index),
                Err(_) => Segment::Name(step.to_owned()),
            })
            .collect();
        let outputs = BTreeMap::from([(String::new(), element.clone())]);
        same(&found(&outputs, "", &way), value)
    })
}

/// Whether a value is what Terraform writes as this text.
pub fn same(found: &Json, expected: &str) -> bool {
    let absent = found.is_null() && ["", "0", "false"].contains(&expected);
    let managed = expected.is_empty() && found == MANAGED;
    let as_json = |text: &str| serde_json::from_str::<Json>(text).ok();
    let text = text(found);
    text == expected
        || absent
        || managed
        || as_json(expected).is_some_and(|expected| as_json(&text) == Some(expected))
}

fn says_nothing(value: &Json) -> bool {
    [json!(null), json!(""), json!([]), json!({}), json!(false), json!(0)].contains(value)
}

/// A value as Terraform writes it in its state.
fn text(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[test]
fn expectations_hold_of_what_they_say_and_of_nothing_else() {
    struct Case {
        expectation: Json,
        holds: bool,
    }
    let outputs = Outputs::from([(
        "a.b".to_owned(),
        json!({"n": 5, "on": true, "list": ["x", "y"], "map": {"k": "v"}, "none": null, "text": "{\"a\": 1}",
               "description": "Managed by Pulumi", "blocks": [{"k": "v", "more": ["z"]}]}),
    )]);
    let expectation = |kind: &str, path: Json, value: Json| json!({"kind": kind, "at": "a.b", "path": path, "value": value});
    let object = |value: Json| expectation("contains-object", json!(["blocks", "*"]), value);
    let cases = [
        Case { expectation: expectation("equals", json!(["n"]), json!("5")), holds: true },
        Case { expectation: expectation("equals", json!(["n"]), json!("6")), holds: false },
        Case { expectation: expectation("equals", json!(["on"]), json!("true")), holds: true },
        Case { expectation: expectation("equals", json!(["on"]), json!("false")), holds: false },
        Case { expectation: expectation("equals", json!(["none"]), json!("0")), holds: true },
        Case { expectation: expectation("equals", json!(["none"]), json!("1")), holds: false },
        Case { expectation: expectation("equals", json!(["list", "#"]), json!("2")), holds: true },
        Case { expectation: expectation("equals", json!(["list", "#"]), json!("1")), holds: false },
        Case { expectation: expectation("equals", json!(["list", 1]), json!("y")), holds: true },
        Case { expectation: expectation("equals", json!(["map", "%"]), json!("1")), holds: true },
        Case {
            expectation: expectation("equals", json!(["text"]), json!("{\"a\":1}")),
            holds: true,
        },
        Case { expectation: expectation("equals", json!(["description"]), json!("")), holds: true },
        Case {
            expectation: expectation("equals", json!(["map", "#present"]), json!("0")),
            holds: false,
        },
        Case { expectation: expectation("set", json!(["n"]), json!(null)), holds: true },
        Case { expectation: expectation("set", json!(["none"]), json!(null)), holds: false },
        Case { expectation: expectation("absent", json!(["nowhere"]), json!(null)), holds: true },
        Case { expectation: expectation("absent", json!(["n"]), json!(null)), holds: false },
        Case { expectation: expectation("matches", json!(["n"]), json!("^[0-9]$")), holds: true },
        Case { expectation: expectation("contains", json!(["list"]), json!("y")), holds: true },
        Case { expectation: expectation("contains", json!(["list"]), json!("z")), holds: false },
        Case { expectation: object(json!({"k": "v", "more.#": "1", "more.0": "z"})), holds: true },
        Case { expectation: object(json!({"k": "v", "more.#": "2"})), holds: false },
    ];
    for Case { expectation, holds } in cases {
        let read: Expectation = serde_json::from_value(expectation.clone()).expect("the form");
        assert_eq!(read.failed(&outputs).is_none(), holds, "{expectation}");
    }
}
