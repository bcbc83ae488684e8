//! `filestore.File`: a text in a file, and a link to it if there is to be one.

use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::Path;

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::*;
use pulumi_rs_sdk::state::read_inputs;
use pulumi_rs_sdk::table::*;
use pulumi_rs_sdk::typed::to_object;
use pulumi_rs_sdk::value::{Object, Value};
use serde::{Deserialize, Serialize};

use crate::digest::sha256;
use crate::store::{Store, blocking, found, plain_name};

/// The file; its id is its name.
pub const FILE: Resource = resource("File")
    .doc("A text in a file of the folder.")
    .fields(&[
        required("content", STRING).doc("The text; it may be empty."),
        optional("link", STRING).doc("Name of a symbolic link to the file."),
        required("name", STRING).replaces().doc("Name of the file."),
        output("path", STRING).doc("Where the file is."),
        output("sha256", STRING)
            .follows(&["content"])
            .foreseen(|inputs| Some(sha256(inputs.get("content")?.as_str()?).into()))
            .doc("Digest of the text, in hexadecimal."),
        output("writtenAt", INT)
            .changes_with_updates()
            .doc("When it was written last, in seconds since 1970."),
    ])
    .rules(&[Rule::Custom(plain_name)]);

/// The rows as Rust has them. Outputs are not there yet in what a program gives.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct File {
    content: String,
    link: Option<String>,
    name: String,
    path: Option<String>,
    sha256: Option<String>,
    written_at: Option<u64>,
}

/// The code of the resource.
pub struct Files;

impl Handler<Store> for Files {
    async fn create(
        &self,
        store: &Store,
        _: &Context,
        request: CreateRequest,
    ) -> Result<Created, Error> {
        let file: File = request.typed()?;
        let path = store.path(&file.name)?;
        let (new, content) = (path.clone(), file.content.clone());
        blocking(move || fs::File::create_new(&new).and_then(|_| fs::write(&new, content)))
            .await
            .map_err(|error| error.while_doing(&format!("writing {}", path.display())))?;
        // From here on it is there, and the engine has to know it, whatever fails.
        let id = file.name.clone();
        match link(store, None, file.link.as_deref(), &path).await {
            Ok(()) => Ok(Created { id, outputs: outputs(file, &path).await? }),
            Err(error) => {
                let without = File { link: None, ..file };
                Err(error.created(id, inputs(&request.inputs), outputs(without, &path).await?))
            }
        }
    }

    async fn read(
        &self,
        store: &Store,
        _: &Context,
        request: ReadRequest,
    ) -> Result<Option<ReadState>, Error> {
        let path = store.path(&request.id)?;
        // An import knows nothing of links: nobody can tell that one belongs to the file.
        let known = request.known.as_ref().and_then(|known| known.inputs.get("link"));
        let link = match known.and_then(Value::as_str) {
            Some(name) => {
                let at = store.path(name)?;
                let target = blocking(move || found(fs::read_link(at))).await?;
                (target.as_deref() == Some(path.as_path())).then(|| name.to_owned())
            }
            None => None,
        };
        let there = path.clone();
        let text = blocking(move || found(fs::read_to_string(there))).await?;
        let Some(content) = text else { return Ok(None) };
        let name = request.id.clone();
        let file = File { content, link, name, path: None, sha256: None, written_at: None };
        let outputs = outputs(file, &path).await?;
        let inputs = read_inputs(request.resource, request.known.as_ref(), &outputs);
        Ok(Some(ReadState { id: request.id, inputs, outputs }))
    }

    async fn update(
        &self,
        store: &Store,
        _: &Context,
        request: UpdateRequest,
    ) -> Result<Object, Error> {
        let file: File = request.typed()?;
        let path = store.path(&file.name)?;
        let (old, content) = (path.clone(), file.content.clone());
        blocking(move || fs::write(old, content)).await?;
        let old_link = request.old.outputs.get("link").and_then(Value::as_str);
        match link(store, old_link, file.link.as_deref(), &path).await {
            Ok(()) => outputs(file, &path).await,
            Err(error) => {
                let kept = File { link: old_link.map(str::to_owned), ..file };
                Err(error.updated(inputs(&request.inputs), outputs(kept, &path).await?))
            }
        }
    }

    async fn delete(
        &self,
        store: &Store,
        _: &Context,
        request: DeleteRequest,
    ) -> Result<(), Error> {
        let path = store.path(&request.id)?;
        let old_link = request.old.outputs.get("link").and_then(Value::as_str);
        link(store, old_link, None, &path).await?;
        blocking(move || found(fs::remove_file(path)).map(|_| ())).await
    }

    async fn undo_create(
        &self,
        store: &Store,
        context: &Context,
        request: DeleteRequest,
    ) -> Result<bool, Error> {
        self.delete(store, context, request).await.map(|()| true)
    }
}

/// What stands in the state of a file whose link could not be made: the next update sees what is missing.
fn inputs(given: &Object) -> Object {
    let mut inputs = given.clone();
    inputs.remove("link");
    inputs
}

/// Brings the link from the old name to the new one.
async fn link(store: &Store, old: Option<&str>, new: Option<&str>, to: &Path) -> Result<(), Error> {
    if old == new {
        return Ok(());
    }
    let path = |name: Option<&str>| name.map(|name| store.path(name)).transpose();
    let (old, new, to) = (path(old)?, path(new)?, to.to_owned());
    let named = new.as_deref().or(old.as_deref()).unwrap_or(&to).display().to_string();
    let work = move || -> io::Result<()> {
        if let Some(new) = new {
            symlink(to, new)?;
        }
        match old {
            Some(old) => found(fs::remove_file(old)).map(|_| ()),
            None => Ok(()),
        }
    };
    blocking(work).await.map_err(|error| error.while_doing(&format!("linking {named}")))
}

/// All outputs of the file, as it is now.
async fn outputs(file: File, path: &Path) -> Result<Object, Error> {
    let there = path.to_owned();
    let written = blocking(move || fs::metadata(there)?.modified()).await?;
    let since = written.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Ok(to_object(&File {
        path: Some(path.display().to_string()),
        sha256: Some(sha256(&file.content)),
        written_at: Some(since.as_secs()),
        ..file
    })?)
}
