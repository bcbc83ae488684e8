//! Diff: what changes between the stored state and the inputs of the program.

mod lists;
#[cfg(test)]
mod tests;
mod walk;

pub use walk::{Change, ChangeKind, Diff, Stay, diff, unchanged};
