//! Replays recordings of the real API and counts in how many places the tenant answers the same.

mod binding;
mod comparison;
mod elsewhere;
mod found;
mod listed;
mod recording;
mod share;
mod tally;
mod unlike;
