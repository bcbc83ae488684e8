//! Files that only their owner may read.

use std::fs::{File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// An empty file with mode 0600, whatever was there before.
///
/// # Errors
/// Where it cannot be written or its mode cannot be set.
pub fn create(path: &Path) -> io::Result<File> {
    let mut open = OpenOptions::new();
    let file = open.write(true).create(true).truncate(true).mode(0o600).open(path)?;
    // The mode above counts only for a file that is new.
    file.set_permissions(Permissions::from_mode(0o600))?;
    Ok(file)
}
