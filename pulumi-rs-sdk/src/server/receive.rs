//! What comes from the engine: values with their marks, references as ids.

use super::wire::{Malformed, Struct, decode};
use crate::value::{Object, Value};

/// Takes the properties in the field of that name of a message.
///
/// A reference to a resource becomes its id, or its URN where it has none: a property that is to hold the id
/// of another resource may be given the resource itself.
pub fn receive(field: &str, properties: Option<Struct>) -> Result<Object, Malformed> {
    let mut properties = decode(field, properties)?;
    properties.values_mut().for_each(by_id);
    Ok(properties)
}

fn by_id(value: &mut Value) {
    match value {
        Value::Resource(reference) => {
            *value = match reference.id.take() {
                Some(id) => id,
                None => std::mem::take(&mut reference.urn).into(),
            }
        }
        Value::Array(items) => items.iter_mut().for_each(by_id),
        Value::Object(properties) => properties.values_mut().for_each(by_id),
        Value::Secret(inner) => by_id(inner),
        Value::Output(output) => output.value.iter_mut().for_each(by_id),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::demo::{check, configured, properties, secret};
    use crate::value::{Output, ResourceReference};

    fn reference(id: Option<Value>) -> Value {
        ResourceReference { urn: "urn:x".into(), id, package_version: "1.0.0".into() }.into()
    }

    #[test]
    fn a_resource_is_its_id_at_any_depth() {
        let output = |value| Value::from(Output { value: Some(value), ..Output::default() });
        let object = |value| Value::from(properties([("a", value)]));
        let within = |value: Value| output(Value::Array(vec![object(secret(value))]));
        let mut value = within(reference(Some("box-7".into())));
        by_id(&mut value);
        assert_eq!(value, within("box-7".into()));
    }

    #[tokio::test]
    async fn a_resource_given_for_an_id_is_its_id() {
        struct Case {
            given: Value,
            taken: Value,
        }
        let cases = [
            Case { given: reference(Some("box-7".into())), taken: "box-7".into() },
            Case { given: reference(Some(Value::Unknown)), taken: Value::Unknown },
            Case { given: reference(None), taken: "urn:x".into() },
            Case { given: secret(reference(Some("box-7".into()))), taken: secret("box-7") },
        ];
        let (_, client) = configured().await;
        for case in cases {
            let checked = client.check(check([("content", case.given)])).await.unwrap();
            assert_eq!(checked.failures, []);
            assert_eq!(checked.inputs["content"], case.taken);
        }
    }
}
