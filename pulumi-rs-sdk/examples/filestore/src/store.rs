//! The package, its configuration, and the folder that all of its resources live in.

use std::io;
use std::path::PathBuf;
use std::sync::{PoisonError, RwLock};

use pulumi_rs_sdk::check::CheckFailure;
use pulumi_rs_sdk::error::{ConfigureError, Error, ErrorKind};
use pulumi_rs_sdk::provider::{Context, Provider, answered_by, by};
use pulumi_rs_sdk::table::*;
use pulumi_rs_sdk::typed::from_object;
use pulumi_rs_sdk::value::{Object, Value};
use serde::Deserialize;

use crate::digest::{Digests, GET_DIGEST};
use crate::file::{FILE, Files};
use crate::key::{KEY, Keys};

/// The package. Each table stands beside its code, so that none is without.
pub const PACKAGE: Package<Store> = package("filestore", "0.1.0")
    .display_name("File store")
    .description("Files in a folder of this machine.")
    .license("Apache-2.0")
    .config(CONFIG)
    .resources(&[by(&[&FILE], &Files), by(&[&KEY], &Keys)])
    .functions(&[answered_by(&[&GET_DIGEST], &Digests)]);

const CONFIG: &[Field] = &[
    // Files of another folder are other files: all are made anew.
    required("root", STRING).replaces().doc("The folder that the files are in; it has to exist."),
];

/// The configuration as the provider takes it.
#[derive(Deserialize)]
struct Config {
    root: PathBuf,
}

/// The provider. It is configured anew for each operation of an engine that attaches to it.
#[derive(Default)]
pub struct Store {
    root: RwLock<Option<PathBuf>>,
}

impl Provider for Store {
    fn package(&self) -> &'static Package<Self> {
        &PACKAGE
    }

    fn check_config(&self, config: &Object) -> Vec<CheckFailure> {
        // It may not be known yet in a preview, and then it is no text.
        match config.get("root").and_then(Value::as_str) {
            Some(root) if !root.starts_with('/') => {
                vec![CheckFailure::at("root", "has to begin with /: the engine works elsewhere")]
            }
            _ => Vec::new(),
        }
    }

    async fn configure(&self, _: &Context, config: Object) -> Result<(), ConfigureError> {
        let config: Config = from_object(CONFIG, &config).map_err(Error::from)?;
        *self.root.write().unwrap_or_else(PoisonError::into_inner) = Some(config.root);
        Ok(())
    }
}

impl Store {
    /// The file of that name.
    pub(crate) fn path(&self, name: &str) -> Result<PathBuf, Error> {
        let root = self.root.read().unwrap_or_else(PoisonError::into_inner);
        match &*root {
            Some(root) => Ok(root.join(name)),
            None => Err(Error::new(ErrorKind::FailedPrecondition, "there is no folder yet")),
        }
    }
}

/// Runs what blocks on a thread of its own: all calls share one.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Error> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => Ok(done?),
        Err(error) => Err(Error::new(ErrorKind::Other, error.to_string())),
    }
}

/// What a read found; a file that is not there is no failure.
pub(crate) fn found<T>(read: io::Result<T>) -> io::Result<Option<T>> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The rule that a name leads to no other folder.
pub(crate) fn plain_name(inputs: &Object) -> Vec<CheckFailure> {
    // What is unknown is no text, and no rule complains of it.
    match inputs.get("name").and_then(Value::as_str) {
        Some(name) if name.contains('/') || name.starts_with('.') => {
            vec![CheckFailure::at("name", "must neither begin with a dot nor hold a slash")]
        }
        _ => Vec::new(),
    }
}
