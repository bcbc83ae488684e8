//! `auth0.PromptPartials`, `auth0.PromptScreenPartial` and `auth0.PromptScreenPartials`: pieces of HTML of your own on the
//! screens of a prompt, on one of them or on all.

use pulumi_rs_sdk::table::rest::*;

/// The API has all screens of a prompt in one object, which is written as a whole.
const PARTIALS: Entries =
    entries("prompts/{promptType}/partials", &["screen_name"]).keyed("insertion_points");

/// The same list, whose prompt the older resource names otherwise.
const OF_A_PROMPT: Entries =
    entries("prompts/{prompt}/partials", &["screen_name"]).keyed("insertion_points");

const DEPRECATED: &str =
    "PromptScreenPartial and PromptScreenPartials know every screen of a prompt.";

/// The pieces on the screen that is called like its prompt.
pub const PROMPT_PARTIALS: Resource =
    resource("PromptPartials", member(&OF_A_PROMPT).id_form("{prompt}"))
        .doc("Pieces of HTML of your own on the screen that is called like its prompt.")
        .fields(&[
            FORM_CONTENT_END.wire("insertion_points.form-content-end").deprecated(DEPRECATED),
            FORM_CONTENT_START.wire("insertion_points.form-content-start").deprecated(DEPRECATED),
            FORM_FOOTER_END.wire("insertion_points.form-footer-end").deprecated(DEPRECATED),
            FORM_FOOTER_START.wire("insertion_points.form-footer-start").deprecated(DEPRECATED),
            required("prompt", STRING)
                .wire("screen_name")
                .one_of(PROMPTS)
                .moves()
                .deprecated(DEPRECATED)
                .doc("Prompt that the pieces are for."),
            SECONDARY_ACTIONS_END
                .wire("insertion_points.secondary-actions-end")
                .deprecated(DEPRECATED),
            SECONDARY_ACTIONS_START
                .wire("insertion_points.secondary-actions-start")
                .deprecated(DEPRECATED),
        ]);

/// The pieces on one screen.
pub const PROMPT_SCREEN_PARTIAL: Resource =
    resource("PromptScreenPartial", member(&PARTIALS).id_form("{promptType}:{screenName}"))
        .doc(
            "Pieces of HTML of your own on one screen. Other screens of its prompt are left alone.",
        )
        .fields(&[
            optional("insertionPoints", object(&POINTS))
                .doc("The pieces, each at the place that it is named by."),
            PROMPT_TYPE,
            SCREEN_NAME.moves(),
        ]);

/// The pieces on all screens of a prompt.
pub const PROMPT_SCREEN_PARTIALS: Resource = resource(
    "PromptScreenPartials",
    members(&PARTIALS, "screen_partials").id_form("{promptType}"),
)
.doc("Pieces of HTML of your own on the screens of a prompt, on all of them.")
.fields(&[
    PROMPT_TYPE,
    optional("screenPartials", list(&object(&SCREEN)))
        .unordered()
        .doc("The screens, each with its pieces. Others that have some are shown as a difference."),
]);

const SCREEN: ObjectType = object_type(
    "PromptScreenPartialsScreenPartial",
    &[
        required("insertionPoints", object(&SCREEN_POINTS))
            .doc("The pieces, each at the place that it is named by."),
        SCREEN_NAME,
    ],
);

const POINTS: ObjectType = object_type("PromptScreenPartialInsertionPoints", PLACES);

const SCREEN_POINTS: ObjectType =
    object_type("PromptScreenPartialsScreenPartialInsertionPoints", PLACES);

const PLACES: &[Field] = &[
    optional("formContent", STRING).wire("form-content").doc("In place of the fields of the form."),
    FORM_CONTENT_END,
    FORM_CONTENT_START,
    FORM_FOOTER_END,
    FORM_FOOTER_START,
    SECONDARY_ACTIONS_END,
    SECONDARY_ACTIONS_START,
];

const FORM_CONTENT_END: Field = optional("formContentEnd", STRING)
    .wire("form-content-end")
    .doc("After the fields of the form.");

const FORM_CONTENT_START: Field = optional("formContentStart", STRING)
    .wire("form-content-start")
    .doc("Before the fields of the form.");

const FORM_FOOTER_END: Field = optional("formFooterEnd", STRING)
    .wire("form-footer-end")
    .doc("At the end of the form's footer.");

const FORM_FOOTER_START: Field = optional("formFooterStart", STRING)
    .wire("form-footer-start")
    .doc("At the start of the form's footer.");

const SECONDARY_ACTIONS_END: Field = optional("secondaryActionsEnd", STRING)
    .wire("secondary-actions-end")
    .doc("After what else users may do there.");

const SECONDARY_ACTIONS_START: Field = optional("secondaryActionsStart", STRING)
    .wire("secondary-actions-start")
    .doc("Before what else users may do there.");

const PROMPT_TYPE: Field = required("promptType", STRING)
    .one_of(PROMPTS)
    .moves()
    .doc("Prompt that the screens belong to, `login` for instance.");

const SCREEN_NAME: Field =
    required("screenName", STRING).doc("The screen, `login-id` for instance.");

/// The prompts whose screens take pieces of your own.
pub const PROMPTS: &[&str] = &[
    "login",
    "login-id",
    "login-password",
    "login-passwordless",
    "signup",
    "signup-id",
    "signup-password",
    "customized-consent",
    "passkeys",
];
