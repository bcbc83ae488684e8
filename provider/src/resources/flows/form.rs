//! `auth0.Form`: pages that a user fills in while logging in.

use pulumi_rs_sdk::table::rest::*;

/// The form.
pub const FORM: Resource = resource("Form", collection("forms").paged(Paging::Offset))
    .doc("Pages that a user fills in while logging in.")
    .fields(&[
        optional("ending", STRING)
            .json()
            .nullable()
            .default(Literal::String(r#"{"resume_flow":true}"#))
            .untold()
            .doc("What happens when it is filled in, as JSON: the login goes on, unless given."),
        optional("languages", list(&object(&LANGUAGES)))
            .last_of_list()
            .nullable()
            .doc("Its languages, in a single block."),
        optional("messages", list(&object(&MESSAGES)))
            .last_of_list()
            .nullable()
            .doc("What it says in other words than Auth0's, in a single block."),
        optional("name", STRING)
            .autonamed()
            .kept()
            .stated(&[Constraint::Length(1, 150)])
            .doc("Name of the form."),
        optional("nodes", STRING)
            .json()
            .nullable()
            .doc("Its pages, and the flows and branches between them: a list, as JSON."),
        optional("start", STRING).json().nullable().doc("Where it begins, as JSON."),
        optional("style", STRING).json().nullable().doc("How it looks, as JSON: its `css`."),
        optional("translations", STRING)
            .json()
            .nullable()
            .doc("What it says in other languages, as JSON."),
    ]);

const LANGUAGES: ObjectType = object_type(
    "FormLanguage",
    &[
        optional("default", STRING)
            .stated(&[Constraint::Length(1, 55)])
            .doc("Language for users whose own it does not speak."),
        required("primary", STRING)
            .default(Literal::String("en"))
            .untold()
            .stated(&[Constraint::Length(1, 55)])
            .doc("Language that it is written in; `en` unless given."),
    ],
);

const MESSAGES: ObjectType = object_type(
    "FormMessage",
    &[
        optional("custom", STRING).json().doc("Messages of your own, as JSON."),
        optional("errors", STRING).json().doc("Messages of errors, as JSON, by their code."),
    ],
);
