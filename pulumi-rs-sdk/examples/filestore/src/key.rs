//! `filestore.Key`: a secret that the provider makes up and keeps in a file.

use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::object;
use pulumi_rs_sdk::provider::*;
use pulumi_rs_sdk::state::read_inputs;
use pulumi_rs_sdk::table::*;
use pulumi_rs_sdk::value::Object;
use serde::Deserialize;

use crate::digest::hex;
use crate::store::{Store, blocking, found, plain_name};

/// The key; its id is the name of its file. All that can change makes another one.
pub const KEY: Resource = resource("Key")
    .doc("A random key in a file that only its owner can read.")
    .fields(&[
        optional("bytes", INT)
            .range(16, 128)
            .default(Literal::Int(32))
            .replaces()
            .doc("Length of the key in bytes."),
        optional("name", STRING).autonamed().replaces().doc("Name of the file."),
        output("value", STRING).secret().doc("The key, in hexadecimal."),
    ])
    .rules(&[Rule::Custom(plain_name)]);

/// What a program gives; Check has filled in what it does not.
#[derive(Deserialize)]
struct Wish {
    bytes: u8,
    name: String,
}

/// The code of the resource.
pub struct Keys;

impl Handler<Store> for Keys {
    async fn create(
        &self,
        store: &Store,
        _: &Context,
        request: CreateRequest,
    ) -> Result<Created, Error> {
        let wish: Wish = request.typed()?;
        let path = store.path(&wish.name)?;
        let value = blocking(move || write_new(&path, wish.bytes)).await?;
        let outputs = object! { "bytes": wish.bytes, "name": wish.name.as_str(), "value": value };
        Ok(Created { id: wish.name, outputs })
    }

    async fn read(
        &self,
        store: &Store,
        _: &Context,
        request: ReadRequest,
    ) -> Result<Option<ReadState>, Error> {
        let path = store.path(&request.id)?;
        let Some(value) = blocking(move || read(path)).await? else { return Ok(None) };
        let bytes = value.len() / 2;
        let outputs = object! { "bytes": bytes, "name": request.id.as_str(), "value": value };
        let inputs = read_inputs(request.resource, request.known.as_ref(), &outputs);
        Ok(Some(ReadState { id: request.id, inputs, outputs }))
    }

    /// Every row replaces, so that there is nothing to change.
    async fn update(
        &self,
        _: &Store,
        _: &Context,
        request: UpdateRequest,
    ) -> Result<Object, Error> {
        Ok(request.old.outputs)
    }

    async fn delete(
        &self,
        store: &Store,
        _: &Context,
        request: DeleteRequest,
    ) -> Result<(), Error> {
        let path = store.path(&request.id)?;
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

fn write_new(path: &Path, bytes: u8) -> io::Result<String> {
    let mut key = vec![0; bytes.into()];
    fs::File::open("/dev/urandom")?.read_exact(&mut key)?;
    let value = hex(&key);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(value.as_bytes())?;
    Ok(value)
}

fn read(path: PathBuf) -> io::Result<Option<String>> {
    found(fs::read_to_string(path))
}
