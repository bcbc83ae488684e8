//! A small provider for the tests of the server: what it does is said by the resource's property `act`.

use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::sync::Notify;

use super::testing::{Check, Client, Create, urn};
use crate::check::CheckFailure;
use crate::error::{ConfigureError, Error, ErrorKind, MissingKey};
use crate::provider::*;
use crate::table::*;
use crate::value::{Object, Value};

pub const TOKEN: &str = "demo:index:Box";

const KEY: ObjectType = object_type(
    "BoxKey",
    &[
        optional("name", STRING).doc("Its name."),
        optional("secret", STRING).secret().doc("What opens the box."),
    ],
);

const LOCK: ObjectType = object_type("BoxLock", &[optional("code", STRING).doc("What opens it.")]);

pub const BOX: Resource = resource("Box").doc("A box.").fields(&[
    optional("act", STRING).doc("What the provider is to do."),
    optional("content", STRING).stated(&[Constraint::Without("<")]).doc("What is in it."),
    optional("key", object(&KEY)).doc("Its key."),
    optional("keys", list(&object(&KEY))).doc("Its other keys."),
    optional("labels", STRING_MAP)
        .stated(&[Constraint::Entries(0, 2), Constraint::Length(0, 10)])
        .doc("Words on it."),
    optional("lock", object(&LOCK)).replaces_if_it_comes_or_goes().doc("Built in, or not."),
    optional("material", STRING).replaces().one_of(&["wood", "tin"]).doc("What it is made of."),
    optional("name", STRING).autonamed().doc("Its name."),
    optional("password", STRING).secret().doc("What to say to it."),
    output("serial", STRING).doc("Its number."),
    output("seal", STRING).secret().doc("What proves it is the one."),
]);

const PACKAGE: Package<Demo> = package("demo", "1.2.3")
    .repository("https://example.com/demo")
    .config(&[
        optional("debug", BOOL).doc("Whether to tell more."),
        optional("endpoint", STRING).doc("Where the boxes are."),
        optional("headers", STRING_MAP).doc("Sent with each request."),
        optional("house", STRING).replaces().default(Literal::String("main")).doc("Where it is."),
        optional("retries", INT).doc("How often to try."),
        optional("token", STRING).secret().doc("What lets in."),
    ])
    .resources(&[by(&[&BOX], &Boxes)]);

/// The provider of boxes.
#[derive(Clone, Default)]
pub struct Demo {
    seen: Arc<Mutex<Vec<Object>>>,
    environment: Arc<Mutex<Option<String>>>,
    /// Told when a call that hangs has begun.
    pub hanging: Arc<Notify>,
    /// Lets a call that waits go on.
    pub go_on: Arc<Notify>,
}

impl Demo {
    /// The values that the provider was called with, in order.
    pub fn seen(&self) -> MutexGuard<'_, Vec<Object>> {
        self.seen.lock().unwrap()
    }

    /// The endpoint that the environment names, if it does.
    pub fn environment(&self) -> MutexGuard<'_, Option<String>> {
        self.environment.lock().unwrap()
    }

    fn saw(&self, values: &[&Object]) {
        self.seen().extend(values.iter().map(|&object| object.clone()));
    }

    async fn act(&self, context: &Context, inputs: &Object) -> Result<(), Error> {
        let content = text(inputs, "content");
        match text(inputs, "act") {
            "panic" => panic!("it holds {content}"),
            "hang" => {
                self.hanging.notify_one();
                context.cancel.cancelled().await;
                Err(Error::new(ErrorKind::Cancelled, "the box was not touched"))
            }
            "wait" => {
                self.hanging.notify_one();
                self.go_on.notified().await;
                Ok(())
            }
            "hang for ever" => {
                self.hanging.notify_one();
                pending().await
            }
            "warn" => {
                context.log.warning(format!("it holds {content}"));
                Ok(())
            }
            "partial" => {
                let outputs = self.outputs(inputs);
                Err(Error::new(ErrorKind::Unavailable, format!("could not close over {content}"))
                    .updated(inputs.clone(), outputs))
            }
            "fail" => {
                Err(Error::new(ErrorKind::AlreadyExists, format!("there is {content} in it")))
            }
            _ => Ok(()),
        }
    }

    fn outputs(&self, inputs: &Object) -> Object {
        let mut outputs = inputs.clone();
        outputs.insert("serial".into(), "42".into());
        outputs.insert("seal".into(), "canary-seal".into());
        outputs.entry("name".into()).or_default();
        match text(inputs, "act") {
            "lie" => {
                outputs.remove("serial");
                outputs.insert("contnet".into(), "canary-content".into());
            }
            "copy" => {
                let content = text(inputs, "content");
                outputs.insert("serial".into(), format!("number of {content}").into());
            }
            "mark" => {
                outputs.insert("serial".into(), secret("canary-serial"));
                outputs.insert("content".into(), secret(Value::Null));
            }
            "unknown" => {
                outputs.insert("serial".into(), Value::Unknown);
                outputs.insert("labels".into(), properties([("a", Value::Unknown)]).into());
            }
            _ => {}
        }
        outputs
    }
}

impl Provider for Demo {
    fn package(&self) -> &'static Package<Self> {
        &PACKAGE
    }

    fn check_config(&self, config: &Object) -> Vec<CheckFailure> {
        match text(config, "endpoint") {
            "bad" => {
                let token = text(config, "token");
                vec![CheckFailure::at("endpoint", format!("does not know {token}"))]
            }
            _ => Vec::new(),
        }
    }

    fn config_defaults(&self, config: &Object) -> Object {
        let endpoint = self.environment().clone().filter(|_| !config.contains_key("endpoint"));
        endpoint.map(|endpoint| ("endpoint".to_owned(), endpoint.into())).into_iter().collect()
    }

    fn note_config(&self, old: &Object, new: &Object) -> Option<String> {
        let (old, new) = (text(old, "endpoint"), text(new, "endpoint"));
        (old != new).then(|| format!("the boxes were at {old:?} and are at {new:?}"))
    }

    async fn configure(&self, context: &Context, config: Object) -> Result<(), ConfigureError> {
        self.saw(&[&config]);
        match text(&config, "endpoint") {
            "missing" => {
                let description = "where the boxes are".to_owned();
                let key = MissingKey { name: "endpoint".to_owned(), description };
                Err(ConfigureError::MissingKeys(vec![key]))
            }
            "bad" => {
                let message = format!("{} is not let in", text(&config, "token"));
                Err(Error::new(ErrorKind::Unauthenticated, message).into())
            }
            _ => {
                context.log.debug(format!("configured with {}", text(&config, "token")));
                Ok(())
            }
        }
    }
}

/// The code of boxes.
struct Boxes;

impl Handler<Demo> for Boxes {
    fn note(&self, _: &Demo, request: &NoteRequest<'_>) -> Result<Option<String>, Error> {
        let news = request.news;
        let message = || format!("{} is in another box", text(news, "content"));
        match text(news, "act") {
            "two" => Err(Error::new(ErrorKind::AlreadyExists, message())),
            "warn" => Ok(Some(message())),
            _ => Ok(None),
        }
    }

    async fn create(
        &self,
        demo: &Demo,
        context: &Context,
        request: CreateRequest,
    ) -> Result<Created, Error> {
        demo.saw(&[&request.inputs]);
        demo.act(context, &request.inputs).await.map_err(|mut error| {
            error.created.iter_mut().for_each(|created| created.id = "box-1".to_owned());
            error
        })?;
        let id = match text(&request.inputs, "act") {
            "no id" => String::new(),
            _ => "box-1".to_owned(),
        };
        Ok(Created { id, outputs: demo.outputs(&request.inputs) })
    }

    async fn read(
        &self,
        demo: &Demo,
        context: &Context,
        request: ReadRequest,
    ) -> Result<Option<ReadState>, Error> {
        let known = request.known.unwrap_or_default();
        demo.saw(&[&known.inputs, &known.outputs]);
        demo.act(context, &known.inputs).await?;
        let inputs = match known.inputs.is_empty() {
            true => properties([("password", "canary-found".into())]),
            false => known.inputs,
        };
        let outputs = demo.outputs(&inputs);
        let inputs = match text(&inputs, "act") {
            "lie" => outputs.clone(),
            _ => inputs,
        };
        Ok((request.id != "gone").then_some(ReadState { id: request.id, inputs, outputs }))
    }

    async fn update(
        &self,
        demo: &Demo,
        context: &Context,
        request: UpdateRequest,
    ) -> Result<Object, Error> {
        demo.saw(&[&request.old.inputs, &request.old.outputs, &request.inputs]);
        demo.act(context, &request.inputs).await?;
        Ok(demo.outputs(&request.inputs))
    }

    async fn delete(
        &self,
        demo: &Demo,
        context: &Context,
        request: DeleteRequest,
    ) -> Result<(), Error> {
        demo.saw(&[&request.old.inputs, &request.old.outputs]);
        demo.act(context, &request.old.inputs).await
    }

    async fn undo_create(
        &self,
        demo: &Demo,
        context: &Context,
        request: DeleteRequest,
    ) -> Result<bool, Error> {
        assert!(!context.cancel.is_cancelled(), "it has to be done after a cancel too");
        demo.saw(&[&request.old.inputs, &request.old.outputs]);
        match text(&request.old.inputs, "content") {
            "nailed down" => Ok(false),
            "stuck" => Err(Error::new(ErrorKind::Unavailable, "it does not move")),
            _ => Ok(true),
        }
    }
}

fn text<'a>(values: &'a Object, name: &str) -> &'a str {
    values.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Properties by name.
pub fn properties<const N: usize>(pairs: [(&str, Value); N]) -> Object {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The value, marked secret.
pub fn secret(value: impl Into<Value>) -> Value {
    Value::Secret(Box::new(value.into()))
}

/// A client of a demo provider that is configured.
pub async fn configured() -> (Demo, Client) {
    let demo = Demo::default();
    let client = Client::start(demo.clone()).await.unwrap();
    configure(&demo, &client).await;
    (demo, client)
}

/// Configures the provider, and forgets that it was.
pub async fn configure(demo: &Demo, client: &Client) {
    client.configure(properties([("token", secret("canary-token"))])).await.unwrap();
    client.next_message().await.unwrap();
    demo.seen().clear();
}

/// Asks for a box with these inputs to be made.
pub fn create<const N: usize>(inputs: [(&str, Value); N]) -> Create {
    Create { urn: urn(TOKEN, "b"), inputs: properties(inputs), ..Create::default() }
}

/// Asks for these inputs of a box to be checked.
pub fn check<const N: usize>(news: [(&str, Value); N]) -> Check {
    Check { urn: urn(TOKEN, "b"), news: properties(news), seed: vec![0xab; 32], ..Check::default() }
}

/// How long a test waits for what must happen.
pub const SOON: Duration = Duration::from_secs(5);
