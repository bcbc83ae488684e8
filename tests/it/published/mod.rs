//! What the published provider is tested for, writes and takes, given to this one.
//!
//! Its acceptance tests run as programs on a local tenant (`tests`), the states that it wrote are looked at
//! with the programs that they come from (`states`), and what it takes and refuses is checked (`accepts`).
//! All of it is data of others, made without our tables: a resource is in as soon as the package has it.

mod accepts;
mod expectation;
mod form;
mod listed;
mod moments;
mod sets;
mod stack;
mod states;
mod tests;
pub mod values;
mod verdicts;
