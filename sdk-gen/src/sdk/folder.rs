//! The folder that an SDK goes to: whole or not at all.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use tempfile::TempDir;

/// The file by which a folder is known as one that may be replaced.
const MARK: &str = ".sdk-gen";

/// A target, and a temporary folder near it, in which everything is made and which ends with this.
///
/// # Guarantees
/// The target is as it was until [`put`](Self::put), and then it is the new one, or the old one on an error.
pub(super) struct Folder {
    target: PathBuf,
    /// In the nearest folder above the target that is there, so that a rename moves what is made.
    scratch: TempDir,
}

impl Folder {
    /// # Errors
    /// Where the target holds something that was not made here, unless it is to be replaced by `force`, and where
    /// nothing can be written near it.
    pub(super) fn near(target: &Path, force: bool) -> Result<Self> {
        if !force && !may_be_replaced(target)? {
            bail!(
                "{} is there and was not made by `sdk-gen sdk`: name another folder by --out, or replace it by --force",
                target.display()
            );
        }
        let target = std::path::absolute(target)
            .with_context(|| format!("{} is no folder's name", target.display()))?;
        let above = target.ancestors().skip(1).find(|folder| folder.exists());
        let Some(above) = above.filter(|_| target.file_name().is_some()) else {
            bail!("{} is no folder that can be replaced: name another by --out", target.display());
        };
        let scratch = tempfile::Builder::new().prefix(".sdk-gen-").tempdir_in(above);
        let scratch = scratch.map_err(|error| {
            let (above, why) = (above.display(), error.kind());
            anyhow!("nothing can be written to {above} ({why}): name another folder by --out")
        })?;
        Ok(Self { target, scratch })
    }

    /// A path in the temporary folder.
    pub(super) fn scratch(&self, name: &str) -> PathBuf {
        self.scratch.path().join(name)
    }

    /// Puts the made folder in the target's place.
    pub(super) fn put(self, made: &Path, language: &str) -> Result<()> {
        let mark =
            format!("The SDK for {language}; `sdk-gen sdk {language}` replaces this folder.\n");
        fs::write(made.join(MARK), mark).context("the mark of the folder cannot be written")?;
        let old = self.scratch("old");
        let parent = self.target.parent().unwrap_or(&self.target);
        fs::create_dir_all(parent).with_context(|| format!("no folder {}", parent.display()))?;
        let had_one = match fs::rename(&self.target, &old) {
            Ok(()) => true,
            Err(error) if error.kind() == ErrorKind::NotFound => false,
            Err(error) => return Err(error).with_context(|| self.not_replaced()),
        };
        if let Err(error) = fs::rename(made, &self.target) {
            if had_one && let Err(lost) = fs::rename(&old, &self.target) {
                let (target, kept) = (self.target.display(), self.scratch.keep());
                let text = format!("{target} cannot be put back from {}/old", kept.display());
                return Err(lost).context(text);
            }
            return Err(error).with_context(|| self.not_replaced());
        }
        Ok(())
    }

    fn not_replaced(&self) -> String {
        format!("{} cannot be replaced, and is as it was", self.target.display())
    }
}

/// Whether nothing is lost: there is nothing, or an empty folder, or one that was made here.
fn may_be_replaced(target: &Path) -> Result<bool> {
    let found = match fs::symlink_metadata(target) {
        Err(error) if [ErrorKind::NotFound, ErrorKind::NotADirectory].contains(&error.kind()) => {
            return Ok(true);
        }
        found => found.with_context(|| format!("{} cannot be looked at", target.display()))?,
    };
    if !found.is_dir() {
        return Ok(false);
    }
    let mut entries =
        fs::read_dir(target).with_context(|| format!("{} cannot be read", target.display()))?;
    Ok(target.join(MARK).exists() || entries.next().is_none())
}
