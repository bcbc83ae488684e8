//! Every Management API operation that the tenant answers, by method and path.

use crate::answer::{Answer, ApiError};
use crate::client_grants;
use crate::clients;
use crate::credentials;
use crate::request::Call;
use crate::resource_servers;
use crate::store::Store;

/// What an operation does with the store.
pub type Effect = fn(&mut Store, &Call) -> Result<Answer, ApiError>;

/// One operation: the document's method and path, and what it does here.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path below `/api/v2`, with the document's placeholders.
    pub path: &'static str,
    /// What it does.
    pub effect: Effect,
}

const fn operation(method: &'static str, path: &'static str, effect: Effect) -> Operation {
    Operation { method, path, effect }
}

/// The operations.
pub const OPERATIONS: &[Operation] = &[
    operation("GET", "/clients", clients::list),
    operation("POST", "/clients", clients::create),
    operation("GET", "/clients/{id}", clients::read),
    operation("PATCH", "/clients/{id}", clients::update),
    operation("DELETE", "/clients/{id}", clients::delete),
    operation("POST", "/clients/{id}/rotate-secret", clients::rotate_secret),
    operation("GET", "/clients/{id}/connections", clients::connections),
    operation("GET", "/clients/{client_id}/credentials", credentials::list),
    operation("POST", "/clients/{client_id}/credentials", credentials::create),
    operation("GET", "/clients/{client_id}/credentials/{credential_id}", credentials::read),
    operation("PATCH", "/clients/{client_id}/credentials/{credential_id}", credentials::update),
    operation("DELETE", "/clients/{client_id}/credentials/{credential_id}", credentials::delete),
    operation("GET", "/client-grants", client_grants::list),
    operation("POST", "/client-grants", client_grants::create),
    operation("GET", "/client-grants/{id}", client_grants::read),
    operation("PATCH", "/client-grants/{id}", client_grants::update),
    operation("DELETE", "/client-grants/{id}", client_grants::delete),
    operation("GET", "/client-grants/{id}/organizations", client_grants::organizations),
    operation("GET", "/resource-servers", resource_servers::list),
    operation("POST", "/resource-servers", resource_servers::create),
    operation("GET", "/resource-servers/{id}", resource_servers::read),
    operation("PATCH", "/resource-servers/{id}", resource_servers::update),
    operation("DELETE", "/resource-servers/{id}", resource_servers::delete),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::document;

    /// Client ID Metadata Documents are fetched from the internet, which a loopback tenant does not reach.
    const LEFT_OUT: &[&str] = &["/clients/cimd/preview", "/clients/cimd/register"];

    #[test]
    fn every_operation_is_one_of_the_document_and_none_is_forgotten() {
        let mut ours: Vec<_> = OPERATIONS.iter().map(|o| (o.method, o.path)).collect();
        let rows = document().operations.iter().map(|row| (row.method.as_str(), row.path.as_str()));
        let mut theirs: Vec<_> = rows.filter(|(_, path)| !LEFT_OUT.contains(path)).collect();
        ours.sort_unstable();
        theirs.sort_unstable();
        assert_eq!(ours, theirs);
    }
}
