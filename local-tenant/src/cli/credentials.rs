//! What a program needs to reach a tenant, as environment variables and as a file for a shell to source.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use auth0_local_tenant::Running;

use super::authority::AuthorityFile;
use super::private_file;

/// Writes the variables in shell form to a file that only its owner may read.
///
/// # Errors
/// Where the file cannot be written or its mode cannot be set.
pub fn write(file: &Path, tenant: &Running, authority: Option<&AuthorityFile>) -> io::Result<()> {
    let mut out = private_file::create(file)?;
    for (name, value) in variables(tenant, authority) {
        out.write_all(&[b"export ", name.as_bytes(), b"="].concat())?;
        out.write_all(&quoted(&value))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// The environment variables with which a program reaches the tenant.
pub fn variables(
    tenant: &Running,
    authority: Option<&AuthorityFile>,
) -> Vec<(&'static str, OsString)> {
    let mut variables = vec![
        ("AUTH0_DOMAIN", tenant.domain().into()),
        ("AUTH0_CLIENT_ID", tenant.client_id().into()),
        ("AUTH0_CLIENT_SECRET", tenant.client_secret().into()),
    ];
    variables.extend(authority.map(|file| ("SSL_CERT_FILE", file.path().into())));
    variables
}

/// The value in single quotes, in which a shell takes everything as it is but a single quote.
fn quoted(value: &OsStr) -> Vec<u8> {
    let parts: Vec<&[u8]> = value.as_bytes().split(|byte| *byte == b'\'').collect();
    [b"'", parts.join(&b"'\\''"[..]).as_slice(), b"'"].concat()
}
