//! Data that others made, read where it lies beside the project; none of it is a part of the repository.

use std::path::{Path, PathBuf};

/// The text of a file of the data; where it is not there, nothing, and a word about it.
pub fn text(file: &str) -> Option<String> {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(file))
}

/// The JSON in a file of the data; where it is not there, nothing, and a word about it.
pub fn json(file: &str) -> Option<serde_json::Value> {
    let text = text(file)?;
    Some(serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}")))
}

/// The texts of all files in a folder of the data; where it is not there, nothing, and a word about it.
pub fn texts(folder: &str) -> Option<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(folder);
    match std::fs::read_dir(&folder) {
        Ok(files) => files.map(|file| read(&file.ok()?.path())).collect(),
        Err(error) => {
            eprintln!("skipped: {}: {error}", folder.display());
            None
        }
    }
}

/// The text of a file that an environment variable may name in place of one of the data.
pub fn text_or_named(file: &str, variable: &str) -> Option<String> {
    match std::env::var_os(variable) {
        Some(named) => read(&PathBuf::from(named)),
        None => text(file),
    }
}

fn read(path: &Path) -> Option<String> {
    match std::fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(error) => {
            eprintln!("skipped: {}: {error}", path.display());
            None
        }
    }
}
