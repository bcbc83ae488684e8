//! Actions: code of your own at moments that Auth0 names, and what of it runs when.

mod action;
mod trigger_action;

pub use action::ACTION;
pub use trigger_action::{TRIGGER_ACTION, TRIGGER_ACTIONS};
