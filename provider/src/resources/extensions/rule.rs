//! `auth0.Rule`: code that ran at a login before there were actions.

use pulumi_rs_sdk::table::rest::*;

/// The rule.
pub const RULE: Resource = resource("Rule", collection("rules").paged(Paging::Offset))
    .doc("Code that runs at a login; Auth0 has actions in its place.")
    .fields(&[
        // All recorded creates that do not send it.
        computed("enabled", BOOL)
            .reset(Literal::Bool(true))
            .server_default(Literal::Bool(true))
            .doc("Whether it runs."),
        optional("name", STRING)
            .autonamed()
            .kept()
            .stated(&[Constraint::Characters("a-zA-Z0-9 -")])
            .doc("Name of the rule."),
        computed("order", INT)
            .stated(&[Constraint::Range(0, i64::MAX)])
            .doc("When it runs: rules with a smaller number come first."),
        required("script", STRING)
            .stated(&[Constraint::Length(1, usize::MAX)])
            .doc("The code, in JavaScript."),
    ]);
