//! Whether what a provider returns is what its table says: nothing missing, nothing else, each of its kind. Pure.
//!
//! The server holds every answer of a provider against its table: in tests and debug builds a difference is an error,
//! else it is logged.

use crate::check::{CheckFailure, noun, suggest};
use crate::path::PropertyPath;
use crate::table::{Field, Kind};
use crate::value::{Object, Value};

/// What is wrong with outputs by these rows. It names properties and kinds, never a value.
///
/// A row that the schema says is always there must be, if only as null: all but those that are `optional` without a
/// default. Null is of every kind.
pub fn output_faults(fields: &[Field], outputs: &Object) -> Vec<CheckFailure> {
    let mut walk = Walk { complete: true, faults: Vec::new() };
    walk.object(fields, outputs, &PropertyPath::default);
    walk.faults
}

/// What is wrong with the inputs that a Read returns: what no program could give. They need not be complete.
pub fn input_faults(fields: &[Field], inputs: &Object) -> Vec<CheckFailure> {
    let mut walk = Walk { complete: false, faults: Vec::new() };
    walk.object(fields, inputs, &PropertyPath::default);
    walk.faults
}

struct Walk {
    /// Whether they are outputs, which are complete.
    complete: bool,
    faults: Vec<CheckFailure>,
}

/// The way to a value is made only where something is wrong with it.
type At<'a> = &'a dyn Fn() -> PropertyPath;

impl Walk {
    fn fault(&mut self, property: PropertyPath, reason: impl Into<String>) {
        self.faults.push(CheckFailure { property, reason: reason.into() });
    }

    fn object(&mut self, fields: &[Field], values: &Object, at: At<'_>) {
        for (name, value) in values.iter().filter(|(name, _)| !name.starts_with("__")) {
            let here = || at().name(name);
            match fields.iter().find(|field| field.name == name) {
                // Bridged providers keep the id among the outputs, and so may others.
                None if self.complete && name == "id" => {}
                None => {
                    let guess = suggest(fields.iter().map(|field| field.name), name);
                    self.fault(here(), format!("no such property in the table{guess}"));
                }
                Some(field) if !self.complete && !field.is_input() => {
                    self.fault(here(), "an output among the inputs");
                }
                Some(field) => self.value(field.kind, value, &here),
            }
        }
        let missing = |field: &&Field| field.is_always_there() && !values.contains_key(field.name);
        for field in fields.iter().filter(|_| self.complete).filter(missing) {
            self.faults.push(CheckFailure {
                property: at().name(field.name),
                reason: "missing: null says that there is none".to_owned(),
            });
        }
    }

    fn value(&mut self, kind: Kind, value: &Value, at: At<'_>) {
        match (kind, value) {
            (kind, Value::Secret(inner)) => self.value(kind, inner, at),
            (kind, Value::Output(output)) => {
                if let Some(inner) = &output.value {
                    self.value(kind, inner, at);
                }
            }
            (_, Value::Null | Value::Unknown)
            | (Kind::Any, _)
            | (Kind::Bool, Value::Bool(_))
            | (Kind::Number, Value::Number(_))
            | (Kind::String, Value::String(_)) => {}
            (Kind::Int, Value::Number(number)) if number.fract() == 0.0 => {}
            (Kind::List(of), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(*of, item, &|| at().index(index));
                }
            }
            (Kind::Map(of), Value::Object(entries)) => {
                for (name, entry) in entries.iter().filter(|(name, _)| !name.starts_with("__")) {
                    self.value(*of, entry, &|| at().name(name));
                }
            }
            (Kind::Object(of), Value::Object(properties)) => {
                self.object(of.fields, properties, at);
            }
            (kind, value) => {
                self.fault(at(), format!("expected {}, got {}", kind.noun(), noun(value)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object;
    use crate::table::*;

    const LID: ObjectType = object_type(
        "Lid",
        &[required("height", INT), output("serial", STRING), optional("note", STRING)],
    );
    const FIELDS: &[Field] = &[
        optional("anything", ANY),
        computed("color", STRING),
        optional("description", STRING).default(Literal::String("none")),
        optional("labels", STRING_MAP),
        optional("lid", object(&LID)),
        optional("lids", list(&object(&LID))),
        required("name", STRING),
        output("serial", STRING),
    ];

    fn texts(faults: Vec<CheckFailure>) -> Vec<String> {
        faults.iter().map(ToString::to_string).collect()
    }

    fn whole() -> Object {
        object! { "color": "red", "description": "none", "name": "box", "serial": Value::Null }
    }

    #[test]
    fn what_the_table_says_is_no_fault() {
        let lid = object! { "__defaults": Vec::<&str>::new(), "height": 2, "serial": "s" };
        let more = object! {
            "__meta": "{}",
            "id": "box-1",
            "anything": vec![1],
            "labels": object! { "a": Value::Secret(Box::new("b".into())), "c": Value::Null },
            "lid": lid.clone(),
            "lids": vec![lid],
        };
        let outputs: Object = whole().into_iter().chain(more).collect();
        assert_eq!(texts(output_faults(FIELDS, &outputs)), [""; 0]);
    }

    #[test]
    fn what_is_missing_too_much_or_of_another_kind_is_named_without_its_value() {
        let wrong = object! {
            "colour": "red",
            "labels": object! { "a": 1 },
            "lid": object! { "height": 1.5, "serial": "s" },
            "lids": vec![object! { "height": 1 }],
            "name": Value::Secret(Box::new(vec![1].into())),
        };
        let faults = texts(output_faults(FIELDS, &wrong));
        let expected = [
            "colour: no such property in the table: did you mean `color`?",
            "labels.a: expected a string, got a number",
            "lid.height: expected a whole number, got a number",
            "lids[0].serial: missing: null says that there is none",
            "name: expected a string, got a list",
            "color: missing: null says that there is none",
            "description: missing: null says that there is none",
            "serial: missing: null says that there is none",
        ];
        assert_eq!(faults, expected);
    }

    #[test]
    fn inputs_of_a_read_are_such_as_a_program_can_give() {
        let inputs = object! { "lid": object! { "serial": "s" }, "name": 1, "serial": "s" };
        assert_eq!(
            texts(input_faults(FIELDS, &inputs)),
            [
                "lid.serial: an output among the inputs",
                "name: expected a string, got a number",
                "serial: an output among the inputs",
            ]
        );
    }
}
