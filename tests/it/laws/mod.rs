//! Laws over every row of every table, at the level of single calls: the plugin's server on one side, a
//! tenant on the other, both in this process.

mod bad_input;
mod drift;
mod field_life;
mod liar;
mod look_ahead;
mod lost_answers;
mod previews;
mod rows;
mod secrets;
mod subject;
mod timeouts;
