//! Read: a resource as it is, for a refresh or an import.

use tonic::Status;

use super::answer::Marks;
use super::proto::{ReadRequest, ReadResponse};
use super::receive::receive;
use super::session::{Session, timeout};
use crate::conform::{input_faults, output_faults};
use crate::path::PropertyPath;
use crate::provider::{self, Context, Known, Provider};
use crate::state::{keep_meta, meta, unseen};
use crate::table::{Field, Resource};
use crate::value::reveal;

/// Reads the resource. On import only its id is known; the answer is empty where it does not exist.
pub async fn read<P: Provider>(
    session: &Session<P>,
    request: ReadRequest,
) -> Result<ReadResponse, Status> {
    let (target, _) = session.target(request.urn)?;
    session.require_configured()?;
    let inputs = receive("inputs", request.inputs)?;
    let outputs = receive("properties", request.properties)?;
    let known = (!inputs.is_empty() || !outputs.is_empty())
        .then(|| Known { inputs: reveal(inputs.clone()), outputs: reveal(outputs.clone()) });
    let fields = target.resource.fields;
    let input_marks = Marks { fields, like: vec![inputs.clone()] };
    let marks = Marks { fields, like: vec![inputs, outputs] };
    let secrets = marks.secrets(session.secrets());
    let context = session.context(&target.urn, &secrets);
    let token = session.package().resource_token(target.resource);
    let request = provider::ReadRequest {
        resource: target.resource,
        urn: target.urn.clone(),
        id: request.id,
        known,
        timeout: timeout(request.timeout),
    };
    let (id, old) = (request.id.clone(), request.known.clone());
    let meta = request.known.as_ref().and_then(|known| meta(&known.outputs));
    let operation = session.operation();
    let state = tokio::select! {
        biased;
        state = target.code.read(&session.provider, &context, request) => state,
        // A read changes nothing, so that it can be dropped where it stands.
        () = operation.cancelled() => {
            return Err(Status::cancelled(format!("reading {id:?} was cancelled")));
        }
    };
    match state {
        Err(error) => Err(marks.failure(error, &secrets, &context.log)),
        Ok(None) => Ok(ReadResponse::default()),
        Ok(Some(mut state)) => {
            let mut faults = output_faults(fields, &state.outputs);
            faults.extend(input_faults(fields, &state.inputs));
            if let Err(fault) = session.hold(&token, faults) {
                return Err(marks.failure(fault, &secrets, &context.log));
            }
            keep_meta(meta, &mut state.outputs);
            if let Some(old) = old {
                let found = Known { inputs: state.inputs.clone(), outputs: state.outputs.clone() };
                tell_unseen(&context, target.resource, &old, &found);
            }
            Ok(ReadResponse {
                id: state.id,
                properties: Some(marks.outputs(state.outputs, &secrets, &context.log)),
                inputs: Some(input_marks.inputs(state.inputs, &context.log)),
                refresh_before_update: false,
            })
        }
    }
}

/// Tells by name what has changed on the server in properties that the program leaves to it: the engine shows
/// a resource as unchanged where a diff of it is empty.
fn tell_unseen(context: &Context, resource: &Resource, old: &Known, found: &Known) {
    let paths = unseen(resource, old, found);
    if paths.is_empty() {
        return;
    }
    let names: Vec<String> = paths.iter().map(|path| format!("`{path}`")).collect();
    let text = format!(
        "changed on the server: {}; the program does not give {}, so that the next update leaves that as \
         it is",
        names.join(", "),
        if names.len() == 1 { "it" } else { "them" },
    );
    let settable = |path: &PropertyPath| resource.field(path.top()).is_some_and(Field::is_input);
    match paths.iter().any(settable) {
        true => context.log.warning(text),
        false => context.log.info(text),
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::timeout;

    use super::*;
    use crate::server::demo::{SOON, TOKEN, configured, properties, secret};
    use crate::server::testing::{Read, urn};
    use crate::value::{Object, Value};

    fn asked(id: &str, known: Option<Known>) -> Read {
        Read { urn: urn(TOKEN, "b"), id: id.into(), known, ..Read::default() }
    }

    #[tokio::test]
    async fn a_refresh_keeps_the_marks_of_the_state() {
        let (demo, client) = configured().await;
        let labels = Value::from(properties([("a", "b".into())]));
        let inputs = properties([
            ("content", secret("x")),
            ("labels", labels.clone()),
            ("password", "y".into()),
        ]);
        let outputs = properties([
            ("labels", secret(properties([]))),
            ("serial", secret("42")),
            ("__meta", "{}".into()),
        ]);
        let known = Known { inputs: inputs.clone(), outputs: outputs.clone() };
        let state = client.read(asked("box-1", Some(known))).await.unwrap().unwrap();
        assert_eq!(*demo.seen(), [reveal(inputs), reveal(outputs)]);
        assert_eq!(state.inputs["content"], secret("x"));
        assert_eq!(state.inputs["labels"], labels, "only an output was secret");
        assert_eq!(state.inputs["password"], secret("y"));
        assert_eq!(state.outputs["labels"], secret(labels));
        assert_eq!(state.outputs["content"], secret("x"));
        assert_eq!(state.outputs["serial"], secret("42"));
        assert_eq!(state.outputs["__meta"], "{}".into());
    }

    #[tokio::test]
    async fn a_refresh_names_what_changed_that_the_program_does_not_give() {
        const TOLD: &str = "changed on the server: `serial`; the program does not give it, so that the next \
                            update leaves that as it is";
        for (serial, told) in [("41", &[TOLD][..]), ("42", &[])] {
            let (_, client) = configured().await;
            let inputs = properties([("content", "x".into())]);
            let outputs = properties([("content", "y".into()), ("serial", serial.into())]);
            client.read(asked("box-1", Some(Known { inputs, outputs }))).await.unwrap();
            // It is delivered before the answer to a Cancel.
            client.cancel().await.unwrap();
            let texts: Vec<String> =
                client.messages().await.into_iter().map(|message| message.text).collect();
            assert_eq!(texts, told);
        }
    }

    #[tokio::test]
    async fn an_import_knows_the_id_alone() {
        let (demo, client) = configured().await;
        let empty = Some(Known::default());
        for known in [None, empty] {
            let state = client.read(asked("box-7", known)).await.unwrap().unwrap();
            assert_eq!(state.id, "box-7");
            assert_eq!(state.inputs, properties([("password", secret("canary-found"))]));
        }
        assert!(demo.seen().iter().all(Object::is_empty));
    }

    #[tokio::test]
    async fn what_does_not_exist_has_neither_id_nor_properties() {
        let (_, client) = configured().await;
        assert_eq!(client.read(asked("gone", None)).await.unwrap(), None);
    }

    #[tokio::test]
    async fn inputs_that_no_program_can_give_are_a_failure() {
        let (_, client) = configured().await;
        let known = Known { inputs: properties([("act", "lie".into())]), ..Known::default() };
        let failure = client.read(asked("box-1", Some(known))).await.unwrap_err();
        assert!(failure.message.contains("seal: an output among the inputs"), "{failure}");
    }

    #[tokio::test]
    async fn a_read_ends_when_cancelled() {
        let (demo, client) = configured().await;
        let known =
            Known { inputs: properties([("act", "hang for ever".into())]), ..Known::default() };
        let read = timeout(SOON, client.read(asked("box-1", Some(known))));
        let (failure, _) = tokio::join!(read, async {
            demo.hanging.notified().await;
            client.cancel().await.unwrap();
        });
        assert_eq!(
            failure.unwrap().unwrap_err().to_string(),
            "Cancelled: reading \"box-1\" was cancelled"
        );
    }
}
