//! A function: what it takes, and what it gives.

use super::rest::Lookup;
use super::{Field, Rule};
use crate::looked_up;

/// A function of the package, or a method of its provider.
#[derive(Debug, Clone, Copy)]
pub struct Function {
    /// Its name, camelCase: the last part of its token.
    pub name: &'static str,
    /// What it does.
    pub doc: &'static str,
    /// Its arguments.
    pub inputs: &'static [Field],
    /// Rules over several arguments.
    pub rules: &'static [Rule],
    /// What it gives, where that does not follow from what it looks up.
    pub outputs: &'static [Field],
    /// What it looks up in a REST API, if it does.
    pub lookup: Lookup,
}

/// A function that takes and gives nothing yet.
pub const fn function(name: &'static str) -> Function {
    Function { name, doc: "", inputs: &[], rules: &[], outputs: &[], lookup: Lookup::Own }
}

impl Function {
    /// What it does, in one or two sentences.
    pub const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    /// Its arguments.
    pub const fn inputs(mut self, fields: &'static [Field]) -> Self {
        assert!(
            matches!(self.lookup, Lookup::Own),
            "what it takes is said before what it looks up"
        );
        self.inputs = fields;
        self
    }

    /// Rules over several arguments.
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// What it gives; a row that is not an [`output`](super::output) may have no value.
    pub const fn outputs(mut self, fields: &'static [Field]) -> Self {
        assert!(matches!(self.lookup, Lookup::Own), "what it gives is said twice");
        self.outputs = fields;
        self
    }

    /// The rows of what it gives.
    pub fn output_fields(&self) -> &'static [Field] {
        match self.lookup {
            Lookup::Own => self.outputs,
            Lookup::One(_) | Lookup::All(_) => looked_up::rows(self),
        }
    }
}
