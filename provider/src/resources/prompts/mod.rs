//! The pages of the login: how they go on, and what they say.

mod custom_text;
mod prompt;

pub use custom_text::PROMPT_CUSTOM_TEXT;
pub use prompt::PROMPT;
