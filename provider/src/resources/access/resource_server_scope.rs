//! `auth0.ResourceServerScope` and `auth0.ResourceServerScopes`: what an API lets applications do, one scope or all.

use pulumi_rs_sdk::table::rest::*;

const SCOPES: Entries = entries("resource-servers/{resourceServerIdentifier}", &["value"])
    .inside("scopes", "identifier")
    .rewritten_by(Method::Patch, "scopes");

/// One scope of an API.
pub const RESOURCE_SERVER_SCOPE: Resource =
    resource("ResourceServerScope", member(&SCOPES).id_form("{resourceServerIdentifier}::{scope}"))
        .doc("A scope of an API: something that an application may ask for.")
        .fields(&[
            optional("description", STRING)
                .stated(&[Constraint::Length(0, 500)])
                .doc("What the scope is for, for those who are asked to consent to it."),
            required("resourceServerIdentifier", STRING).replaces().doc("Identifier of the API."),
            required("scope", STRING)
                .wire("value")
                .replaces()
                .stated(&[Constraint::Length(1, 280)])
                .doc("Name of the scope, `read:orders` for instance."),
        ]);

/// All scopes of an API.
pub const RESOURCE_SERVER_SCOPES: Resource = resource(
    "ResourceServerScopes",
    members(&SCOPES, "scopes").id_form("{resourceServerIdentifier}").others(Others::Refused),
)
.doc("The scopes of an API, all of them.")
.fields(&[
    required("resourceServerIdentifier", STRING).replaces().doc("Identifier of the API."),
    required("scopes", list(&object(&SCOPE))).unordered().doc("The scopes."),
]);

const SCOPE: ObjectType = object_type(
    "ResourceServerScopesScope",
    &[
        optional("description", STRING)
            .stated(&[Constraint::Length(0, 500)])
            .doc("What the scope is for, for those who are asked to consent to it."),
        required("name", STRING)
            .wire("value")
            .stated(&[Constraint::Length(1, 280)])
            .doc("Name of the scope, `read:orders` for instance."),
    ],
);
