//! What comes from the engine: values with their marks, references as ids.

use prost_types::Struct;

use super::wire::{Malformed, decode};
use crate::value::{Object, Output, ResourceReference, Value, replace};

/// Takes the properties in the field of that name of a message.
///
/// A reference to a resource becomes its id, or its URN where it has none: a property that is to hold the id
/// of another resource may be given the resource itself.
pub fn receive(field: &str, properties: Option<Struct>) -> Result<Object, Malformed> {
    Ok(by_ids(decode(field, properties)?))
}

fn by_ids(properties: Object) -> Object {
    replace(properties, |_, value| by_id(value))
}

fn by_id(value: Value) -> Value {
    match value {
        Value::Resource(ResourceReference { id: Some(id), .. }) => *id,
        Value::Resource(ResourceReference { urn, .. }) => urn.into(),
        Value::Array(items) => Value::Array(items.into_iter().map(by_id).collect()),
        Value::Object(properties) => Value::Object(by_ids(properties)),
        Value::Secret(inner) => Value::Secret(Box::new(by_id(*inner))),
        Value::Output(Output { value: Some(inner), secret, dependencies }) => {
            Value::Output(Output { value: Some(Box::new(by_id(*inner))), secret, dependencies })
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::demo::{check, configured, secret};

    fn reference(id: Option<Value>) -> Value {
        Value::Resource(ResourceReference {
            urn: "urn:x".into(),
            id: id.map(Box::new),
            package_version: "1.0.0".into(),
        })
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
