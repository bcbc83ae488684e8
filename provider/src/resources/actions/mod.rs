//! Actions: code of your own at moments that Auth0 names, and what of it runs when.

mod trigger_action;

pub use trigger_action::{TRIGGER_ACTION, TRIGGER_ACTIONS};
