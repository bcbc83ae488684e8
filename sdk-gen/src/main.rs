//! Writes schema.json from the tables of the provider.
fn main() {}
