//! The file with the certificate of the tenant's authority, which its clients have to trust.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use auth0_local_tenant::Running;
use tempfile::NamedTempFile;

use super::private_file;

/// A file with the certificate; one that was not asked for is gone when this is dropped.
#[derive(Debug)]
pub enum AuthorityFile {
    /// One that was asked for by name.
    Named(PathBuf),
    /// One of this process.
    Temporary(NamedTempFile),
}

impl AuthorityFile {
    /// Writes the certificate of a tenant that speaks HTTPS; nothing for one that does not.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn write(tenant: &Running, named: Option<&Path>) -> anyhow::Result<Option<Self>> {
        let Some(certificate) = tenant.authority() else { return Ok(None) };
        let written = match named {
            Some(path) => named_file(path, certificate)
                .with_context(|| format!("cannot write the certificate {}", path.display()))?,
            None => temporary(certificate).context("cannot write the certificate")?,
        };
        Ok(Some(written))
    }

    /// Where it is, from whichever folder one looks.
    pub fn path(&self) -> &Path {
        match self {
            Self::Named(path) => path,
            Self::Temporary(file) => file.path(),
        }
    }
}

fn named_file(path: &Path, certificate: &str) -> io::Result<AuthorityFile> {
    private_file::create(path)?.write_all(certificate.as_bytes())?;
    Ok(AuthorityFile::Named(std::path::absolute(path)?))
}

fn temporary(certificate: &str) -> io::Result<AuthorityFile> {
    let mut file =
        tempfile::Builder::new().prefix("auth0-local-tenant-ca-").suffix(".pem").tempfile()?;
    file.write_all(certificate.as_bytes())?;
    Ok(AuthorityFile::Temporary(file))
}
