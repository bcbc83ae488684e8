//! A tenant that lies: answers that a rule puts in place of the true one.

mod answer;
mod kind;
mod rule;
mod rules;

pub use answer::{Bare, Broken, skew};
pub use kind::{FAULT_KINDS, Fault, FaultKind};
pub use rule::{BadFaultRule, FaultRule};
pub use rules::{FaultId, Faults, Met};
