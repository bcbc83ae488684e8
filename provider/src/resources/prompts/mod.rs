//! The pages of the login: how they go on, what they say, and what of your own is on them.

mod custom_text;
mod partials;
mod prompt;
mod screen_renderer;

pub use custom_text::PROMPT_CUSTOM_TEXT;
pub use partials::{
    PROMPT_PARTIALS, PROMPT_SCREEN_PARTIAL, PROMPT_SCREEN_PARTIALS, PROMPTS as PARTIAL_PROMPTS,
};
pub use prompt::PROMPT;
pub use screen_renderer::{PROMPT_SCREEN_RENDERER, SCREENED_PROMPTS, SCREENS};
