//! `auth0.TokenExchangeProfile`: an action decides which tokens of others are exchanged for your own.

use pulumi_rs_sdk::table::rest::*;

/// The profile; a type of token has one.
pub const TOKEN_EXCHANGE_PROFILE: Resource =
    resource("TokenExchangeProfile", collection("token-exchange-profiles"))
        .doc("Tokens of others of one type, and the action that exchanges them for your own.")
        .fields(&[
            // The API takes no change of the two, so that a new profile is what is meant.
            optional("actionId", STRING)
                .moves()
                .stated(&[Constraint::Length(1, 36)])
                .doc("ID of the action, whose trigger is `custom-token-exchange`."),
            output("createdAt", STRING).go_time().doc("When the profile was made."),
            optional("name", STRING)
                .autonamed()
                .kept()
                .stated(&[Constraint::Length(3, 50)])
                .doc("Name of the profile."),
            optional("subjectTokenType", STRING)
                .kept()
                .stated(&[Constraint::Length(8, 100), Constraint::Address(&[])])
                .doc("Type of the tokens: an address or a URN of your own."),
            computed("type", STRING)
                .moves()
                .stated(&[Constraint::OneOf(&["custom_authentication"])])
                .doc("What the exchange does; there is only `custom_authentication`."),
            output("updatedAt", STRING)
                .go_time()
                .changes_with_updates()
                .doc("When the profile was changed last."),
        ]);
