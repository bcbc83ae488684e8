//! `auth0.Flow`: steps that a form or an action carries out.

use pulumi_rs_sdk::table::rest::*;

/// The flow.
pub const FLOW: Resource = resource("Flow", collection("flows").paged(Paging::Offset))
    .doc("Steps that a form or an action carries out.")
    .fields(&[
        optional("actions", STRING).json().nullable().doc("The steps: a list, as JSON."),
        optional("name", STRING)
            .autonamed()
            .kept()
            .stated(&[Constraint::Length(1, 150)])
            .doc("Name of the flow."),
    ]);
