//! Why properties do not fit a struct.

use std::fmt;

use crate::error::{ConfigureError, Error, ErrorKind};
use crate::path::{PropertyPath, Step};

/// Properties and a struct of the provider's do not fit: where, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    reason: String,
    /// The way to the value, its end first.
    steps: Vec<Step>,
}

impl Mismatch {
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Mismatch { reason: reason.into(), steps: Vec::new() }
    }

    pub(super) fn at(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    /// Where it is.
    pub fn path(&self) -> PropertyPath {
        let steps = self.steps.iter().rev();
        steps.fold(PropertyPath::default(), |path, step| path.then(step.clone()))
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.steps.is_empty() {
            true => f.write_str(&self.reason),
            false => write!(f, "{}: {}", self.path(), self.reason),
        }
    }
}

impl std::error::Error for Mismatch {}

impl serde::de::Error for Mismatch {
    fn custom<T: fmt::Display>(reason: T) -> Self {
        Mismatch::new(reason.to_string())
    }
}

impl From<Mismatch> for ConfigureError {
    fn from(mismatch: Mismatch) -> Self {
        Error::from(mismatch).into()
    }
}

/// It is never the user's mistake: Check has made the inputs what the table says.
impl From<Mismatch> for Error {
    fn from(mismatch: Mismatch) -> Self {
        let text = format!("the provider cannot take its own values, a fault of it: {mismatch}");
        Error::new(ErrorKind::Other, text)
    }
}
