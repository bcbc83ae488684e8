//! What goes back to the engine: values marked, texts without secrets.

use tonic::Status;

use super::proto::ErrorResourceInitFailed;
use super::status::{code, detailed};
use super::wire::{Struct, encode};
use crate::error::{Error, PartialState};
use crate::log::Log;
use crate::path::PropertyPath;
use crate::secrets::{
    Redactor, mark_as_before, mark_by_table, mark_copies, mark_like, mark_what_is_there,
};
use crate::state::{keep_defaults, keep_meta, meta, strip};
use crate::table::Field;
use crate::value::{Object, Value};

/// How the values of one call are marked on their way out.
pub struct Marks {
    pub fields: &'static [Field],
    /// What came in, with its marks.
    pub like: Vec<Object>,
}

impl Marks {
    /// The values as they travel: marked by the rows, and like what came in.
    pub fn put_on(&self, mut values: Object) -> Struct {
        mark_by_table(self.fields, &mut values);
        for like in &self.like {
            mark_like(&mut values, like);
        }
        encode(values)
    }

    /// The answer of a function as it travels: what is secret and there is marked by the rows, copies of secrets are marked
    /// with them, the rest like what came in.
    pub fn put_on_answer(&self, answer: Object, secrets: &Redactor, log: &Log) -> Struct {
        let mut values = settle(answer, log);
        mark_what_is_there(self.fields, &mut values);
        // After the rows, so that what they mark in a list does not make a secret of the whole list.
        mark_copies(&mut values, secrets, &self.like);
        self.like.iter().for_each(|like| mark_like(&mut values, like));
        encode(values)
    }

    /// The outputs of what was really done, as they travel: without the engine's own keys, settled, marked, and copies of
    /// secrets marked with them.
    pub fn outputs(&self, mut outputs: Object, secrets: &Redactor, log: &Log) -> Struct {
        let meta = meta(&outputs);
        strip(&mut outputs);
        keep_meta(meta, &mut outputs);
        let mut outputs = settle(outputs, log);
        mark_by_table(self.fields, &mut outputs);
        mark_copies(&mut outputs, secrets, &self.like);
        self.put_on(outputs)
    }

    /// Inputs that the provider returns, as they travel; what it was not handed comes back from what came in.
    pub fn inputs(&self, inputs: Object, log: &Log) -> Struct {
        let mut inputs = settle(inputs, log);
        for like in &self.like {
            keep_defaults(&mut inputs, like);
        }
        mark_by_table(self.fields, &mut inputs);
        self.like.iter().for_each(|like| mark_as_before(&mut inputs, like));
        encode(inputs)
    }

    /// The secrets of what came in, on top of `secrets`.
    pub fn secrets(&self, secrets: Redactor) -> Redactor {
        self.like.iter().fold(secrets, |secrets, values| secrets.and(self.fields, values))
    }

    /// A failure, with what exists of the resource nevertheless.
    pub fn failure(&self, error: Error, secrets: &Redactor, log: &Log) -> Status {
        let message = secrets.redacted(error.message);
        match error.created {
            None => Status::new(code(error.kind), message),
            Some(created) => {
                let PartialState { id, outputs, inputs } = *created;
                let detail = ErrorResourceInitFailed {
                    id,
                    properties: Some(self.outputs(outputs, secrets, log)),
                    reasons: vec![message.clone()],
                    inputs: Some(self.inputs(inputs, log)),
                    refresh_before_update: false,
                };
                detailed(code(error.kind), message, "ErrorResourceInitFailed", &detail)
            }
        }
    }
}

/// Takes unknown values out of what was really done: the engine would refuse the answer, and lose the
/// resource.
fn settle(mut values: Object, log: &Log) -> Object {
    let mut unknown = Vec::new();
    for (name, value) in &mut values {
        settle_value(value, &|| PropertyPath::of(name), &mut unknown);
    }
    if !unknown.is_empty() {
        let paths = unknown.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        log.warning(format!(
            "the provider returned no value for {paths}, which is recorded as null: a fault of the \
             provider; `pulumi refresh` brings what is there"
        ));
    }
    values
}

/// The way to the value is made only where the value is unknown.
fn settle_value(value: &mut Value, at: &dyn Fn() -> PropertyPath, unknown: &mut Vec<PropertyPath>) {
    match value {
        Value::Unknown => {
            unknown.push(at());
            *value = Value::Null;
        }
        Value::Secret(inner) => {
            settle_value(inner, at, unknown);
            // As elsewhere, null has no mark.
            if inner.is_null() {
                *value = Value::Null;
            }
        }
        Value::Output(output) => {
            let is_secret = output.secret;
            let inner = output.value.take().unwrap_or(Value::Unknown);
            *value = if is_secret { Value::Secret(Box::new(inner)) } else { inner };
            settle_value(value, at, unknown);
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                settle_value(item, &|| at().index(index), unknown);
            }
        }
        Value::Object(properties) => {
            for (name, value) in properties {
                settle_value(value, &|| at().name(name), unknown);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::log::{LogMessage, LogSink};
    use crate::server::demo::{properties, secret};
    use crate::value::Output;

    #[derive(Default)]
    struct Told(Mutex<Vec<String>>);

    impl LogSink for Told {
        fn log(&self, message: LogMessage) {
            self.0.lock().unwrap().push(message.text);
        }
    }

    fn output(secret: bool, value: Option<Value>) -> Value {
        Output { value, secret, dependencies: vec!["urn:x".into()] }.into()
    }

    #[test]
    fn what_was_done_has_neither_unknown_values_nor_outputs() {
        struct Case {
            returned: Value,
            settled: Value,
            unknown: &'static [&'static str],
        }
        let object = |value: Value| Value::from(properties([("b", value)]));
        let cases = [
            Case { returned: "x".into(), settled: "x".into(), unknown: &[] },
            Case { returned: Value::Unknown, settled: Value::Null, unknown: &["a"] },
            Case { returned: secret(Value::Unknown), settled: Value::Null, unknown: &["a"] },
            Case { returned: secret(Value::Null), settled: Value::Null, unknown: &[] },
            Case { returned: output(false, None), settled: Value::Null, unknown: &["a"] },
            Case { returned: output(true, None), settled: Value::Null, unknown: &["a"] },
            Case { returned: output(false, Some("x".into())), settled: "x".into(), unknown: &[] },
            Case {
                returned: output(true, Some(object(Value::Unknown))),
                settled: secret(object(Value::Null)),
                unknown: &["a.b"],
            },
            Case {
                returned: secret(Value::Array(vec![1.into(), output(true, Some("x".into()))])),
                settled: secret(Value::Array(vec![1.into(), secret("x")])),
                unknown: &[],
            },
            Case {
                returned: Value::Array(vec![Value::Unknown, object(output(false, None))]),
                settled: Value::Array(vec![Value::Null, object(Value::Null)]),
                unknown: &["a[0]", "a[1].b"],
            },
        ];
        for Case { returned, settled, unknown } in cases {
            let told = Arc::new(Told::default());
            let values = settle(properties([("a", returned)]), &Log::new(told.clone(), "urn:x"));
            assert_eq!(values, properties([("a", settled)]));
            let told = told.0.lock().unwrap();
            assert_eq!(told.len(), usize::from(!unknown.is_empty()), "{told:?}");
            let paths = format!("no value for {}, which", unknown.join(", "));
            assert!(told.iter().all(|text| text.contains(&paths)), "{told:?}");
        }
    }
}
