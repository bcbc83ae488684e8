//! What becomes of a value that leaves the program.

use super::{is_absent, is_clear, is_default};
use crate::table::{Absent, Field, Kind, Reset};
use crate::value::{Object, Value};

/// What becomes of a property that the program gave and gives no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// Nothing: the program did not give it, Check had filled it in, or there is nothing to clear.
    Nothing,
    /// It is cleared.
    Cleared,
    /// It stays as it is, since the API has no value that clears it.
    Stays,
}

/// What becomes of the property, which the new inputs do not have; `stored` is what outputs hold.
///
/// Of an object that is cleared field by field it is what becomes of any of them.
pub fn leaving(field: &Field, old_inputs: &Object, stored: Option<&Value>) -> Leaving {
    let given = old_inputs.get(field.name).filter(|value| says_something(field, value));
    let Some(given) = given.filter(|_| !is_default(old_inputs, field.name)) else {
        return Leaving::Nothing;
    };
    let stored = stored.unwrap_or(given);
    if is_clear(field, stored) {
        return Leaving::Nothing;
    }
    match (field.reset, field.kind, given) {
        (Reset::Keep, _, _) => Leaving::Stays,
        (Reset::Fields, Kind::Object(of), Value::Object(given)) => {
            let stored = stored.as_object();
            let of_each = || {
                of.fields.iter().filter(|inner| inner.is_input()).map(|inner| {
                    leaving(inner, given, stored.and_then(|stored| stored.get(inner.name)))
                })
            };
            [Leaving::Cleared, Leaving::Stays]
                .into_iter()
                .find(|leaving| of_each().any(|inner| inner == *leaving))
                .unwrap_or(Leaving::Nothing)
        }
        _ => Leaving::Cleared,
    }
}

/// Whether a property that left the program is to be cleared; see [`leaving`].
pub fn is_left(field: &Field, old_inputs: &Object, stored: Option<&Value>) -> bool {
    leaving(field, old_inputs, stored) == Leaving::Cleared
}

/// Whether a program that gives this value asks for something. Where the server takes absence for
/// something, the zero value is a wish of its own.
fn says_something(field: &Field, value: &Value) -> bool {
    match field.absent {
        Absent::Assumed(_) => !value.is_null(),
        _ => !is_absent(field, value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{WIDGET, object_of};
    use crate::table::Usual;

    #[test]
    fn what_cannot_be_cleared_stays() {
        let row = WIDGET.field("alias").unwrap();
        let inputs = object_of(r#"{"alias": "x"}"#);
        assert_eq!(leaving(row, &inputs, Some(&"x".into())), Leaving::Stays);
        assert_eq!(leaving(row, &inputs, Some(&"".into())), Leaving::Nothing);
        assert_eq!(leaving(row, &object_of("{}"), Some(&"x".into())), Leaving::Nothing);
    }

    #[test]
    fn an_object_leaves_field_by_field() {
        struct Case {
            given: &'static str,
            leaving: Leaving,
        }
        let cases = [
            Case { given: r#"{"mode": "m", "seconds": 3}"#, leaving: Leaving::Cleared },
            Case { given: r#"{"seconds": 3}"#, leaving: Leaving::Stays },
            Case { given: r#"{"mode": "", "seconds": 0}"#, leaving: Leaving::Nothing },
            Case { given: r#"{"__defaults": ["note"], "note": "n"}"#, leaving: Leaving::Nothing },
        ];
        for case in cases {
            let block = Value::from(object_of(case.given));
            let inputs = Object::from([("block".to_owned(), block.clone())]);
            let row = WIDGET.field("block").unwrap();
            assert_eq!(leaving(row, &inputs, Some(&block)), case.leaving, "{}", case.given);
        }
    }

    #[test]
    fn a_zero_value_is_a_wish_where_absence_means_something_else() {
        let row = Field {
            reset: Reset::Zero,
            absent: Absent::Assumed(|| 5.into()),
            ..*WIDGET.field("size").unwrap()
        };
        let inputs = object_of(r#"{"size": 0}"#);
        assert_eq!(leaving(&row, &inputs, Some(&0.into())), Leaving::Cleared);
        assert_eq!(leaving(&row, &inputs, Some(&5.into())), Leaving::Nothing);
    }

    #[test]
    fn what_the_server_would_give_again_has_not_left() {
        struct Case {
            size: i32,
            left: bool,
        }
        let row = Field {
            reset: Reset::Null,
            usual: Usual::Is(|size| size == &Value::from(5)),
            ..*WIDGET.field("size").unwrap()
        };
        for case in [Case { size: 5, left: false }, Case { size: 6, left: true }] {
            let inputs = Object::from([("size".to_owned(), case.size.into())]);
            assert_eq!(is_left(&row, &inputs, Some(&case.size.into())), case.left, "{}", case.size);
        }
    }
}
