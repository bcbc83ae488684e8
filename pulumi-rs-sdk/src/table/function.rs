//! A function: what it takes, and what it gives.

use super::{Field, Rule};

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
    /// What it gives.
    pub outputs: Outputs,
}

/// The rows of what a function gives.
#[derive(Debug, Clone, Copy)]
pub enum Outputs {
    /// Written down.
    Rows(&'static [Field]),
    /// Made from the rows of another table, once; see [`crate::listed`].
    Derived(fn() -> &'static [Field]),
}

/// A function that takes and gives nothing yet.
pub const fn function(name: &'static str) -> Function {
    Function { name, doc: "", inputs: &[], rules: &[], outputs: Outputs::Rows(&[]) }
}

impl Function {
    /// What it does, in one or two sentences.
    pub const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    /// Its arguments.
    pub const fn inputs(mut self, fields: &'static [Field]) -> Self {
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
        self.outputs = Outputs::Rows(fields);
        self
    }

    /// What it gives, made from the rows of another table.
    pub const fn outputs_from(mut self, rows: fn() -> &'static [Field]) -> Self {
        self.outputs = Outputs::Derived(rows);
        self
    }

    /// The rows of what it gives.
    pub fn output_fields(&self) -> &'static [Field] {
        match self.outputs {
            Outputs::Rows(fields) => fields,
            Outputs::Derived(rows) => rows(),
        }
    }
}
