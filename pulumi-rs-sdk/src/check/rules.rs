//! Rules over several properties.

use super::CheckFailure;
use crate::path::PropertyPath;
use crate::table::Rule;
use crate::value::{Object, Value};

/// What is wrong with checked inputs by a rule. What is not known yet is never complained of.
pub(super) fn complaints(rule: &Rule, inputs: &Object) -> Vec<CheckFailure> {
    match rule {
        Rule::Custom(complaints) => complaints(inputs),
        // A preview warns of it, and it is sent.
        Rule::Stated(_) => Vec::new(),
        Rule::ExactlyOneOf(paths) => {
            let mut found = at_least_one(paths, inputs);
            found.extend(at_most_one(paths, inputs));
            found
        }
        Rule::AtLeastOneOf(paths) => at_least_one(paths, inputs),
        Rule::AtMostOneOf(paths) => at_most_one(paths, inputs),
        Rule::Needs(path, others) => match standing(path, inputs) {
            Standing::Given => missing(path, others, inputs),
            _ => Vec::new(),
        },
        Rule::Together(paths) => {
            let first = paths.iter().find(|path| standing(path, inputs) == Standing::Given);
            first.map_or_else(Vec::new, |path| missing(path, paths, inputs))
        }
        Rule::Excludes(path, others) => match standing(path, inputs) {
            Standing::Given => {
                let given =
                    others.iter().filter(|other| standing(other, inputs) == Standing::Given);
                given
                    .map(|other| at(other, format!("leave it out where `{path}` is given")))
                    .collect()
            }
            _ => Vec::new(),
        },
    }
}

/// How a property stands in inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Given,
    Missing,
    /// It is not known yet whether it is given, or the block that it would be in is not there.
    Open,
}

fn standing(path: &str, inputs: &Object) -> Standing {
    let mut object = inputs;
    let mut names = path.split('.').peekable();
    while let Some(name) = names.next() {
        match (object.get(name), names.peek()) {
            (Some(Value::Unknown), _) => return Standing::Open,
            (Some(Value::Null) | None, None) => return Standing::Missing,
            (Some(_), None) => return Standing::Given,
            (Some(Value::Object(inner)), Some(_)) => object = inner,
            (_, Some(_)) => return Standing::Open,
        }
    }
    Standing::Open
}

fn at_least_one(paths: &[&str], inputs: &Object) -> Vec<CheckFailure> {
    match paths.iter().all(|path| standing(path, inputs) == Standing::Missing) {
        true => vec![at(paths[0], format!("one of {} is required", listed(paths)))],
        false => Vec::new(),
    }
}

fn at_most_one(paths: &[&str], inputs: &Object) -> Vec<CheckFailure> {
    let mut given = paths.iter().filter(|path| standing(path, inputs) == Standing::Given);
    match (given.next(), given.next()) {
        (Some(first), Some(_)) => {
            vec![at(first, format!("only one of {} may be given", listed(paths)))]
        }
        _ => Vec::new(),
    }
}

fn missing(path: &str, others: &[&str], inputs: &Object) -> Vec<CheckFailure> {
    let missing = others.iter().filter(|other| standing(other, inputs) == Standing::Missing);
    missing.map(|other| at(other, format!("required where `{path}` is given"))).collect()
}

fn at(path: &str, reason: String) -> CheckFailure {
    let mut names = path.split('.');
    let first = PropertyPath::of(names.next().unwrap_or(path));
    CheckFailure { property: names.fold(first, |path, name| path.name(name)), reason }
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::object_of;

    #[test]
    fn rules_reach_into_blocks_and_leave_alone_what_is_not_known() {
        struct Case {
            rule: Rule,
            inputs: &'static str,
            complaints: &'static [&'static str],
        }
        let case = |rule, inputs, complaints| Case { rule, inputs, complaints };
        const ONE: Rule = Rule::AtLeastOneOf(&["a.b", "a.c"]);
        const MOST: Rule = Rule::AtMostOneOf(&["a.b", "a.c"]);
        const EXACT: Rule = Rule::ExactlyOneOf(&["a", "b"]);
        const NEEDS: Rule = Rule::Needs("a.b", &["a.c", "d"]);
        const TOGETHER: Rule = Rule::Together(&["a", "b", "c"]);
        const EXCLUDES: Rule = Rule::Excludes("a.b", &["a.c", "d"]);
        let cases = [
            case(ONE, "{}", &[]),
            case(ONE, r#"{"a": {}}"#, &["a.b: one of `a.b`, `a.c` is required"]),
            case(ONE, r#"{"a": {"c": false}}"#, &[]),
            case(ONE, r#"{"a": {"c": "?"}}"#, &[]),
            case(ONE, r#"{"a": "?"}"#, &[]),
            case(MOST, r#"{"a": {"b": 1}}"#, &[]),
            case(MOST, r#"{"a": {"b": 1, "c": "?"}}"#, &[]),
            case(
                MOST,
                r#"{"a": {"b": 1, "c": 2}}"#,
                &["a.b: only one of `a.b`, `a.c` may be given"],
            ),
            case(EXACT, "{}", &["a: one of `a`, `b` is required"]),
            case(EXACT, r#"{"a": 1, "b": 2}"#, &["a: only one of `a`, `b` may be given"]),
            case(EXACT, r#"{"b": 2}"#, &[]),
            case(
                NEEDS,
                r#"{"a": {"b": 1}}"#,
                &["a.c: required where `a.b` is given", "d: required where `a.b` is given"],
            ),
            case(NEEDS, r#"{"a": {"c": 1}}"#, &[]),
            case(NEEDS, r#"{"a": {"b": "?"}}"#, &[]),
            case(TOGETHER, "{}", &[]),
            case(TOGETHER, r#"{"b": 1, "c": "?"}"#, &["a: required where `b` is given"]),
            case(
                EXCLUDES,
                r#"{"a": {"b": 1, "c": 1}, "d": "?"}"#,
                &["a.c: leave it out where `a.b` is given"],
            ),
            case(EXCLUDES, r#"{"a": {"c": 1}, "d": 1}"#, &[]),
        ];
        for Case { rule, inputs, complaints: expected } in cases {
            let found = complaints(&rule, &object_of(inputs));
            let found: Vec<String> =
                found.iter().map(|f| format!("{}: {}", f.property, f.reason)).collect();
            assert_eq!(found, expected, "{rule:?} {inputs}");
        }
    }
}
