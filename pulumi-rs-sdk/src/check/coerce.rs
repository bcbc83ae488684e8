//! A given scalar becomes one of the kind that the table names.

use crate::table::Kind;
use crate::value::Value;

/// The scalar as one of the kind; `None` where it cannot be.
///
/// Programs in languages without types give `"36000"` for a number or `true` for a string, and the
/// published providers take it; of a number with a fraction they take the whole part where a whole number is wanted.
pub(super) fn coerce(kind: Kind, value: &Value) -> Option<Value> {
    match (kind, value) {
        (Kind::Bool, Value::Bool(_))
        | (Kind::Number, Value::Number(_))
        | (Kind::String, Value::String(_)) => Some(value.clone()),
        (Kind::Int, Value::Number(number)) => Some(Value::Number(number.trunc())),
        (Kind::Bool, Value::String(text)) => text.parse().ok().map(Value::Bool),
        (Kind::Int, Value::String(text)) => {
            text.parse::<i32>().ok().map(|number| Value::Number(number.into()))
        }
        (Kind::Number, Value::String(text)) => {
            text.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Number)
        }
        (Kind::String, Value::Bool(flag)) => Some(flag.to_string().into()),
        (Kind::String, Value::Number(number)) => Some(number.to_string().into()),
        _ => None,
    }
}

/// How a message names what was given instead.
pub(crate) fn noun(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
        Value::Asset(_) => "an asset",
        Value::Archive(_) => "an archive",
        Value::Resource(_) => "a resource",
        Value::Unknown | Value::Secret(_) | Value::Output(_) => "a value",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{BOOL, INT, STRING};

    #[test]
    fn scalars_become_of_the_kind_of_their_row() {
        struct Case {
            kind: Kind,
            given: Value,
            becomes: Option<Value>,
        }
        let cases = [
            Case { kind: BOOL, given: "true".into(), becomes: Some(true.into()) },
            Case { kind: BOOL, given: "yes".into(), becomes: None },
            Case { kind: BOOL, given: 1.into(), becomes: None },
            Case { kind: INT, given: "36000".into(), becomes: Some(36000.into()) },
            Case { kind: INT, given: 2.5.into(), becomes: Some(2.into()) },
            Case { kind: INT, given: "2.5".into(), becomes: None },
            Case { kind: STRING, given: 36000.into(), becomes: Some("36000".into()) },
            Case { kind: STRING, given: false.into(), becomes: Some("false".into()) },
            Case { kind: STRING, given: Value::Array(vec![]), becomes: None },
        ];
        for case in cases {
            assert_eq!(coerce(case.kind, &case.given), case.becomes, "{:?}", case.given);
        }
    }
}
