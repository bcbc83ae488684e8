//! Clients with their credentials, client grants and resource servers.
//!
//! These have so many rules of their own that all of their operations are done by hand; the table is what
//! others know of them.

use super::connections;
use crate::operations::Own;
use crate::serving::{Kind, collection};
use crate::{client_grants, clients, credentials, resource_servers};

pub const KINDS: &[Kind] = &[
    collection("/clients")
        .key("client_id")
        .absent("The client does not exist")
        .code("inexistent_client"),
    collection("/client-grants")
        .absent("The grant does not exist.")
        .code("inexistent_client_grant"),
    collection("/resource-servers")
        .absent("The resource server does not exist")
        .code("inexistent_resource_server"),
];

pub const OWN: &[Own] = &[
    ("GET", "/clients", clients::list),
    ("POST", "/clients", clients::create),
    ("GET", "/clients/{id}", clients::read),
    ("PATCH", "/clients/{id}", clients::update),
    ("DELETE", "/clients/{id}", clients::delete),
    ("POST", "/clients/{id}/rotate-secret", clients::rotate_secret),
    ("GET", "/clients/{id}/connections", connections::of_client),
    ("GET", "/clients/{client_id}/credentials", credentials::list),
    ("POST", "/clients/{client_id}/credentials", credentials::create),
    ("GET", "/clients/{client_id}/credentials/{credential_id}", credentials::read),
    ("PATCH", "/clients/{client_id}/credentials/{credential_id}", credentials::update),
    ("DELETE", "/clients/{client_id}/credentials/{credential_id}", credentials::delete),
    ("GET", "/client-grants", client_grants::list),
    ("POST", "/client-grants", client_grants::create),
    ("GET", "/client-grants/{id}", client_grants::read),
    ("PATCH", "/client-grants/{id}", client_grants::update),
    ("DELETE", "/client-grants/{id}", client_grants::delete),
    ("GET", "/client-grants/{id}/organizations", client_grants::organizations),
    ("GET", "/resource-servers", resource_servers::list),
    ("POST", "/resource-servers", resource_servers::create),
    ("GET", "/resource-servers/{id}", resource_servers::read),
    ("PATCH", "/resource-servers/{id}", resource_servers::update),
    ("DELETE", "/resource-servers/{id}", resource_servers::delete),
];
