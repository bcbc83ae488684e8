//! One resource of a program, on the way that the engine takes it.

use super::answers::Failure;
use super::{Changes, Check, Client, Create, Delete, Diff, Read, Update};
use crate::error::PartialState;
use crate::preview::broken_promises;
use crate::provider::{Created, Known, ReadState};
use crate::table::Resource;
use crate::value::{Object, reveal};

/// A resource of a program: Check, Diff and a preview come before what is really done, as with the engine.
///
/// ```no_run
/// # use pulumi_rs_sdk::{object, table::*, testing::*};
/// # const FILE: Resource = resource("File");
/// # async fn demo(client: Client) -> Result<(), Failure> {
/// let mut file = Program::new(&FILE, urn("files:index:File", "hello"));
/// file.up(&client, object! { "content": "hello" }).await?;
/// let changed = file.up(&client, object! { "content": "hello you" }).await?;
/// assert_eq!(changed.outputs["size"], 9.into());
/// file.down(&client).await?;
/// # Ok(()) }
/// ```
pub struct Program {
    resource: &'static Resource,
    urn: String,
    held: Option<ReadState>,
    /// How many operations there were: each has a seed of its own.
    operations: u8,
}

impl Program {
    /// The resource `urn`, which is not there yet.
    pub fn new(resource: &'static Resource, urn: String) -> Self {
        Program { resource, urn, held: None, operations: 0 }
    }

    /// What the state holds of it: after a call that failed, what the engine would keep.
    pub fn held(&self) -> Option<&ReadState> {
        self.held.as_ref()
    }

    /// Brings it to what the program gives, as `pulumi up` does: it is made, changed, replaced, or left as it is.
    ///
    /// # Errors
    /// The mistakes of the program, or what the provider says.
    ///
    /// # Panics
    /// Where the preview promised what did not come true: an output that it showed as known was another in the end. Its
    /// row has to say what it [follows](crate::table::Field::follows).
    pub async fn up(&mut self, client: &Client, program: Object) -> Result<ReadState, Failure> {
        self.operations = self.operations.wrapping_add(1);
        let held = match self.held.clone() {
            None => {
                let inputs = self.checked(client, Object::new(), &program).await?;
                self.make(client, inputs).await?
            }
            Some(held) => self.change(client, held, &program).await?,
        };
        self.held = Some(held.clone());
        Ok(held)
    }

    async fn checked(
        &self,
        client: &Client,
        olds: Object,
        program: &Object,
    ) -> Result<Object, Failure> {
        let (urn, news) = (self.urn.clone(), program.clone());
        let seed = vec![self.operations; 32];
        let checked = client.check(Check { urn, olds, news, seed, autonaming: None }).await?;
        match checked.failures.as_slice() {
            [] => Ok(checked.inputs),
            failures => Err(Failure::mistakes(failures.iter().map(ToString::to_string).collect())),
        }
    }

    async fn make(&mut self, client: &Client, inputs: Object) -> Result<ReadState, Failure> {
        let create = Create { urn: self.urn.clone(), inputs: inputs.clone(), ..Create::default() };
        let shown = client.create(Create { preview: true, ..create.clone() }).await?.outputs;
        let made = client.create(create).await;
        let Created { id, outputs } = made.inspect_err(|failure| self.keep(failure))?;
        self.hold_preview(&shown, &outputs);
        Ok(ReadState { id, inputs, outputs })
    }

    async fn change(
        &mut self,
        client: &Client,
        held: ReadState,
        program: &Object,
    ) -> Result<ReadState, Failure> {
        let news = self.checked(client, held.inputs.clone(), program).await?;
        let old = Known { inputs: held.inputs.clone(), outputs: held.outputs.clone() };
        let (urn, id) = (self.urn.clone(), held.id.clone());
        let (old_state, new) = (old.clone(), news.clone());
        let ask = Diff { urn: urn.clone(), id, old: old_state, news: new, ..Diff::default() };
        let diffed = client.diff(ask).await?;
        if diffed.changes == Changes::None {
            return Ok(held);
        }
        if !diffed.replaces.is_empty() {
            // What is made anew is checked anew, and may get a name of its own.
            let news = self.checked(client, Object::new(), program).await?;
            if diffed.delete_before_replace {
                self.down(client).await?;
                return self.make(client, news).await;
            }
            let made = self.make(client, news).await?;
            self.down(client).await?;
            return Ok(made);
        }
        let update =
            Update { urn, id: held.id.clone(), old, news: news.clone(), ..Update::default() };
        let shown = client.update(Update { preview: true, ..update.clone() }).await?;
        let updated = client.update(update).await;
        let outputs = updated.inspect_err(|failure| self.keep(failure))?;
        self.hold_preview(&shown, &outputs);
        Ok(ReadState { id: held.id, inputs: news, outputs })
    }

    /// Keeps what exists although the call failed, as the engine does.
    fn keep(&mut self, failure: &Failure) {
        let Some(part) = failure.created.clone() else { return };
        let PartialState { id, inputs, outputs } = *part;
        // An update says none, and keeps the one there is.
        let known = self.held.take().filter(|_| id.is_empty()).map(|held| held.id);
        self.held = Some(ReadState { id: known.unwrap_or(id), inputs, outputs });
    }

    #[track_caller]
    fn hold_preview(&self, shown: &Object, outputs: &Object) {
        let broken =
            broken_promises(self.resource, &reveal(shown.clone()), &reveal(outputs.clone()));
        assert!(
            broken.is_empty(),
            "the preview of {} showed as known what was another in the end: {}. Let the row say what it \
             `follows`, or that it `changes_with_updates`",
            self.resource.name,
            broken.join(", ")
        );
    }

    /// Reads it anew, as `pulumi refresh` does; `None` where it is gone.
    ///
    /// # Errors
    /// What the provider says.
    ///
    /// # Panics
    /// Where it was not made.
    pub async fn refresh(&mut self, client: &Client) -> Result<Option<ReadState>, Failure> {
        let held = self.held.clone().expect("it has been made");
        let known = Some(Known { inputs: held.inputs, outputs: held.outputs });
        let read = Read { urn: self.urn.clone(), id: held.id, known, ..Read::default() };
        self.held = client.read(read).await?;
        Ok(self.held.clone())
    }

    /// Removes it, as `pulumi destroy` does.
    ///
    /// # Errors
    /// What the provider says.
    ///
    /// # Panics
    /// Where it was not made.
    pub async fn down(&mut self, client: &Client) -> Result<(), Failure> {
        let held = self.held.clone().expect("it has been made");
        let old = Known { inputs: held.inputs, outputs: held.outputs };
        let delete = Delete { urn: self.urn.clone(), id: held.id, old, ..Delete::default() };
        client.delete(delete).await?;
        self.held = None;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object;
    use crate::server::demo::{BOX, TOKEN, configured};
    use crate::server::testing::urn;

    fn program() -> Program {
        Program::new(&BOX, urn(TOKEN, "b"))
    }

    #[tokio::test]
    async fn a_resource_is_made_changed_replaced_read_and_removed() {
        let (demo, client) = configured().await;
        let mut program = program();
        let made = program.up(&client, object! { "content": "a" }).await.unwrap();
        assert_eq!((made.id.as_str(), &made.outputs["content"]), ("box-1", &"a".into()));
        let calls = demo.seen().len();
        program.up(&client, object! { "content": "a" }).await.unwrap();
        assert_eq!(demo.seen().len(), calls, "nothing has changed");
        let changed = program.up(&client, object! { "content": "b" }).await.unwrap();
        assert_eq!(changed.outputs["content"], "b".into());
        program.up(&client, object! { "content": "b", "material": "tin" }).await.unwrap();
        assert_eq!(demo.seen().len(), calls + 3 + 1 + 2, "an update, a create, a delete");
        assert_eq!(program.refresh(&client).await.unwrap().unwrap().outputs["content"], "b".into());
        program.down(&client).await.unwrap();
        assert!(program.held().is_none());
    }

    #[tokio::test]
    async fn what_failed_halfway_is_held_and_finished_by_the_next_up() {
        let (_, client) = configured().await;
        let mut program = program();
        let half = object! { "act": "partial", "content": "a" };
        program.up(&client, half).await.unwrap_err();
        let held = program.held().expect("it exists").id.clone();
        let done = program.up(&client, object! { "content": "b" }).await.unwrap();
        assert_eq!(done.id, held, "it is finished, and not made again");
    }

    #[tokio::test]
    async fn mistakes_are_told() {
        let (_, client) = configured().await;
        let failure = program().up(&client, object! { "contnet": "a" }).await.unwrap_err();
        assert_eq!(
            failure.to_string(),
            "InvalidArgument: contnet: unknown property: did you mean `content`?"
        );
    }

    #[tokio::test]
    #[should_panic(expected = "in the end: serial. Let the row say")]
    async fn a_preview_that_promised_too_much_is_a_panic() {
        let (_, client) = configured().await;
        let mut program = program();
        program.up(&client, object! { "content": "a" }).await.unwrap();
        let _ = program.up(&client, object! { "act": "copy", "content": "b" }).await;
    }
}
