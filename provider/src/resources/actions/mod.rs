//! Actions: code of your own at moments that Auth0 names, and what of it runs when.

mod action;
mod module;
mod trigger_action;

pub use action::ACTION;
pub use module::{
    ACTION_MODULE, VERSION_CODE, VERSION_DEPENDENCY, VERSION_MADE, VERSION_NUMBER, VERSION_SECRET,
};
pub use trigger_action::{TRIGGER_ACTION, TRIGGER_ACTIONS};
