//! The file with a tenant's credentials, for a shell to source.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use auth0_local_tenant::Running;

/// Writes domain, client id and secret in shell form to a file that only its owner may read.
///
/// # Errors
/// Where the file cannot be written or its mode cannot be set.
pub fn write(file: &Path, tenant: &Running) -> io::Result<()> {
    let mut open = OpenOptions::new();
    let mut out = open.write(true).create(true).truncate(true).mode(0o600).open(file)?;
    // The mode above counts only for a file that is new.
    out.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    for (name, value) in variables(tenant) {
        writeln!(out, "export {name}='{value}'")?;
    }
    Ok(())
}

/// The environment variables with which a program reaches the tenant.
pub fn variables(tenant: &Running) -> [(&'static str, &str); 3] {
    [
        ("AUTH0_DOMAIN", tenant.base_url()),
        ("AUTH0_CLIENT_ID", tenant.client_id()),
        ("AUTH0_CLIENT_SECRET", tenant.client_secret()),
    ]
}
