//! Replays recordings of the real API and counts in how many places the tenant answers the same.

mod binding;
mod comparison;
mod recording;
mod share;
