//! `filestore.getDigest`: the digest of a file that need not be of the stack.

use std::fs;

use pulumi_rs_sdk::error::{Error, ErrorKind};
use pulumi_rs_sdk::object;
use pulumi_rs_sdk::provider::{Answer, Context, InvokeRequest};
use pulumi_rs_sdk::table::*;
use pulumi_rs_sdk::value::Object;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::store::{Store, blocking, found, plain_name};

/// The function.
pub const GET_DIGEST: Function = function("getDigest")
    .doc("Finds a file of the folder and tells the digest of its text.")
    .inputs(&[required("name", STRING).doc("Name of the file.")])
    .rules(&[Rule::Custom(plain_name)])
    .outputs(&[output("sha256", STRING).doc("Digest of the text, in hexadecimal.")]);

#[derive(Deserialize)]
struct Arguments {
    name: String,
}

/// The code of the function.
pub struct Digests;

impl Answer<Store> for Digests {
    async fn answer(
        &self,
        store: &Store,
        _: &Context,
        request: InvokeRequest,
    ) -> Result<Object, Error> {
        let Arguments { name } = request.typed()?;
        let path = store.path(&name)?;
        match blocking(move || found(fs::read_to_string(path))).await? {
            Some(text) => Ok(object! { "sha256": sha256(&text) }),
            None => Err(Error::new(ErrorKind::NotFound, format!("there is no file {name:?}"))),
        }
    }
}

/// The digest of a text.
pub(crate) fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
