//! The file in which a tenant keeps what it holds from one start to the next.
//!
//! It is JSON, and holds secrets in the clear: it is written with mode 0600. A start whose file is not there
//! yet begins with the seed, later ones go on with the file.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::answer::Object;
use crate::store::{Place, Store};

/// A data file.
#[derive(Debug)]
pub struct DataFile {
    path: PathBuf,
}

/// What a data file holds.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Contents {
    /// The address of the tenant that wrote it: its Management API is named after it.
    base: String,
    /// The client that may use all of the Management API.
    first_client: String,
    /// The entities by the path of their shelf, oldest first.
    shelves: BTreeMap<String, Vec<Held>>,
}

/// An entity on a shelf.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Held {
    id: String,
    entity: Object,
}

impl DataFile {
    /// The data file at `path`; nothing is read or written yet.
    pub fn new(path: PathBuf) -> Self {
        DataFile { path }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Fills the store with what the file holds and gives the first client's id; `None` where there is no
    /// file yet.
    ///
    /// # Errors
    /// Where the file cannot be read, or is not one that a tenant wrote.
    pub fn load(&self, store: &mut Store) -> io::Result<Option<String>> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let contents: Contents = serde_json::from_str(&text)?;
        let (before, now) = (format!("{}/api/v2/", contents.base), store.management_audience());
        for (path, entities) in contents.shelves {
            let place: Place = path.parse().map_err(|_| unusable("a path is not UTF-8"))?;
            for Held { id, mut entity } in entities {
                // The port may be another one, and with it the name of the Management API.
                for key in ["identifier", "audience"] {
                    if let Some(value) = entity.get_mut(key).filter(|value| **value == *before) {
                        *value = Value::from(now.as_str());
                    }
                }
                store.shelf_mut(&place).insert(id, entity);
            }
        }
        match store.clients().get(&contents.first_client) {
            Some(_) => Ok(Some(contents.first_client)),
            None => Err(unusable("it does not hold the tenant's first client")),
        }
    }

    /// Writes what the store holds, whole or not at all.
    ///
    /// # Errors
    /// Where the folder cannot be written to.
    pub fn save(&self, store: &Store, first_client: &str) -> io::Result<()> {
        let held = store.shelves().filter(|(_, shelf)| !shelf.is_empty());
        let shelves = held.map(|(place, shelf)| {
            let held =
                |(id, entity): (&str, &Object)| Held { id: id.into(), entity: entity.clone() };
            (place.to_string(), shelf.named().map(held).collect())
        });
        let contents = Contents {
            base: store.base.clone(),
            first_client: first_client.to_owned(),
            shelves: shelves.collect(),
        };
        let folder = match self.path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        // Made with mode 0600, and renamed over the old one when it is complete.
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer_pretty(&mut file, &contents)?;
        file.write_all(b"\n")?;
        file.as_file().sync_all()?;
        file.persist(&self.path)?;
        Ok(())
    }
}

fn unusable(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}
