//! What is looked up on a tenant: functions, lists, and the provider's own configuration.

mod by_table;
mod cli;
mod functions;
mod lists;
mod program;
mod subject;
mod terraform_config;
