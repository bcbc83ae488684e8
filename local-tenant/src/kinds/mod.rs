//! What the tenant has: a table for each family of kinds, and by hand what no table says.

use crate::operations::Own;
use crate::serving::Kind;

mod access;
mod actions;
mod applications;
mod branding;
mod client_documents;
pub mod connections;
mod domains;
mod email;
mod events;
mod extensions;
mod flows;
mod guardian;
mod identities;
mod jobs;
mod keys;
mod modules;
mod network;
pub mod organization_clients;
mod organizations;
mod profiles;
mod sessions;
mod settings;

/// The tables of the families.
pub const KINDS: &[&[Kind]] = &[
    access::KINDS,
    actions::KINDS,
    applications::KINDS,
    branding::KINDS,
    connections::KINDS,
    domains::KINDS,
    email::KINDS,
    events::KINDS,
    extensions::KINDS,
    flows::KINDS,
    identities::KINDS,
    jobs::KINDS,
    guardian::KINDS,
    keys::KINDS,
    modules::KINDS,
    network::KINDS,
    organization_clients::KINDS,
    organizations::KINDS,
    profiles::KINDS,
    sessions::KINDS,
    settings::KINDS,
];

/// What the families do by hand.
pub const OWN: &[&[Own]] = &[
    access::OWN,
    actions::OWN,
    applications::OWN,
    branding::OWN,
    client_documents::OWN,
    connections::OWN,
    domains::OWN,
    events::OWN,
    extensions::OWN,
    identities::OWN,
    jobs::OWN,
    guardian::OWN,
    keys::OWN,
    modules::OWN,
    network::OWN,
    organization_clients::OWN,
    organizations::OWN,
    profiles::OWN,
    sessions::OWN,
];
