//! `auth0.Prompt`: how users sign in, over all pages.

use pulumi_rs_sdk::table::rest::*;

/// The settings of all prompts.
pub const PROMPT: Resource =
    resource("Prompt", singleton("prompts").stays("the settings of the prompts stay as they are"))
        .doc("Settings of the pages on which users sign in.")
        .fields(&[
            computed("identifierFirst", BOOL)
                .nullable()
                .doc("Whether users are asked for their name first, and then for the rest."),
            computed("universalLoginExperience", STRING)
                .one_of(&["new", "classic"])
                .doc("Which of the two generations of pages is shown."),
            computed("webauthnPlatformFirstFactor", BOOL)
                .nullable()
                .doc("Whether users may sign in by what their device knows them by."),
        ])
        .rules(&[Rule::AtLeastOneOf(&[
            "identifierFirst",
            "universalLoginExperience",
            "webauthnPlatformFirstFactor",
        ])]);
