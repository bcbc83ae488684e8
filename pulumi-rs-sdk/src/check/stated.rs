//! What inputs go beyond of what the API states, though they are sent.

use super::CheckFailure;
use super::constraint::violated;
use crate::path::PropertyPath;
use crate::state::is_zero;
use crate::table::{Constraint, Field, Kind, Presence, Resource, Rule};
use crate::value::{Object, Value};

/// All that checked inputs hold beyond what the rows say that the API states, each with its path.
///
/// What is unknown breaks nothing, nor does the zero value of a property that may be left out: it is not sent.
pub fn beyond_what_is_stated(resource: &Resource, inputs: &Object) -> Vec<CheckFailure> {
    let mut found = Vec::new();
    object(resource.fields, inputs, &PropertyPath::default(), &mut found);
    for rule in resource.rules {
        if let Rule::Stated(complaints) = rule {
            found.extend(complaints(inputs));
        }
    }
    found
}

fn object(fields: &[Field], given: &Object, path: &PropertyPath, found: &mut Vec<CheckFailure>) {
    for field in fields {
        let Some(value) = given.get(field.name) else { continue };
        let may_be_left_out = field.presence != Presence::Required;
        if !(may_be_left_out && is_zero(value)) {
            walk(field, field.kind, value, &path.name(field.name), true, found);
        }
    }
}

fn walk(
    field: &Field,
    kind: Kind,
    value: &Value,
    at: &PropertyPath,
    whole: bool,
    found: &mut Vec<CheckFailure>,
) {
    // How many entries there are is said of the value of the row, and all else of what is in it.
    let counts = |constraint: &Constraint| {
        use Constraint::{Entries, KeyCharacters, KeyLength};
        matches!(constraint, Entries(..) | KeyLength(_) | KeyCharacters(_))
    };
    let stated = field.stated.iter().filter(|constraint| whole || !counts(constraint));
    let reasons = stated.filter_map(|constraint| violated(*constraint, value));
    found.extend(reasons.map(|reason| CheckFailure { property: at.clone(), reason }));
    match (kind, value) {
        (Kind::List(of), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                walk(field, *of, item, &at.index(index), false, found);
            }
        }
        (Kind::Map(of), Value::Object(entries)) => {
            for (name, entry) in entries.iter().filter(|(name, _)| !name.starts_with("__")) {
                walk(field, *of, entry, &at.name(name), false, found);
            }
        }
        (Kind::Object(of), Value::Object(given)) => object(of.fields, given, at, found),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{WIDGET, object_of};

    fn found(inputs: &str) -> Vec<String> {
        beyond_what_is_stated(&WIDGET, &object_of(inputs)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn all_that_is_beyond_what_the_api_states_is_told_with_its_path() {
        let inputs = r#"{"owner": "", "labels": {"a": "x", "b": "long one", "abcdef": "y"},
            "off": {"to": ["https://a", "b", "?"]}}"#;
        assert_eq!(
            found(inputs),
            [
                "labels: expected at most 2 entries, got 3",
                "labels: expected keys of at most 5 characters, got one of 6 that begins with \"abcdef\"",
                "labels.b: expected at most 4 characters, got 8",
                "off.to[1]: expected a whole address, from `https://` or another scheme on, got \"b\"",
                "owner: must not be empty",
            ]
        );
    }

    #[test]
    fn rules_of_what_the_api_states_are_told_and_refuse_nothing() {
        use crate::check::{CheckContext, check};
        const PAIR: Resource = Resource {
            rules: &[Rule::Stated(|_| vec![CheckFailure::at("alias", "goes with `url`")])],
            ..WIDGET
        };
        let inputs = object_of(r#"{"owner": "o"}"#);
        let told = beyond_what_is_stated(&PAIR, &inputs);
        assert_eq!(told, [CheckFailure::at("alias", "goes with `url`")]);
        let olds = Object::new();
        let context = CheckContext { name: "w", olds: &olds, seed: &[1; 32], autonaming: None };
        assert_eq!(check(&PAIR, &inputs, &context).failures, []);
    }

    #[test]
    fn what_is_not_known_or_not_sent_breaks_nothing() {
        for inputs in
            [r#"{"owner": "?", "labels": "?", "block": "?"}"#, r#"{"owner": "o", "alias": ""}"#]
        {
            assert_eq!(found(inputs), [""; 0], "{inputs}");
        }
        assert_eq!(found(r#"{"owner": "o", "alias": "abcde"}"#).len(), 1);
    }
}
