//! Check: what a program gives becomes the inputs of a resource, or a list of its mistakes.

mod autoname;
mod closest;
mod coerce;
mod constraint;
mod inputs;
mod rules;
mod stated;
#[cfg(test)]
mod tests;

pub use autoname::Autonaming;
pub(crate) use closest::{closest, suggest};
pub(crate) use coerce::noun;
pub(crate) use inputs::allows;
pub use inputs::{
    CheckContext, CheckFailure, Checked, check, check_arguments, check_config, check_query,
    fill_config, missing_config,
};
pub use stated::beyond_what_is_stated;
