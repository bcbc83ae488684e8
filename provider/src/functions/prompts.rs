//! `auth0.getPromptScreenPartials` and `auth0.getPromptScreenRenderer`: what of your own is on the pages of the login.

use pulumi_rs_sdk::table::rest::*;

use crate::resources::{
    PARTIAL_PROMPTS, PROMPT_SCREEN_PARTIALS, PROMPT_SCREEN_RENDERER, SCREENED_PROMPTS, SCREENS,
};

/// The pieces on the screens of a prompt.
pub const GET_PROMPT_SCREEN_PARTIALS: Function = function("getPromptScreenPartials")
    .doc("Tells the pieces of HTML of your own on the screens of a prompt.")
    .inputs(&[
        required("promptType", STRING).one_of(PARTIAL_PROMPTS).doc("The prompt."),
        optional("screenPartials", list(&object(&SCREEN)))
            .local()
            .doc("It says nothing here: what the prompt has is given."),
    ])
    .gives(the(&PROMPT_SCREEN_PARTIALS));

const SCREEN: ObjectType = object_type(
    "getPromptScreenPartialsScreenPartial",
    &[
        required("insertionPoints", list(&object(&POINTS)))
            .doc("The pieces, each at the place that it is named by."),
        required("screenName", STRING).doc("The screen."),
    ],
);

const POINTS: ObjectType = object_type(
    "getPromptScreenPartialsScreenPartialInsertionPoint",
    &[
        required("formContent", STRING).doc("In place of the fields of the form."),
        required("formContentEnd", STRING).doc("After the fields of the form."),
        required("formContentStart", STRING).doc("Before the fields of the form."),
        required("formFooterEnd", STRING).doc("At the end of the form's footer."),
        required("formFooterStart", STRING).doc("At the start of the form's footer."),
        required("secondaryActionsEnd", STRING).doc("After what else users may do there."),
        required("secondaryActionsStart", STRING).doc("Before what else users may do there."),
    ],
);

/// How a screen is rendered.
pub const GET_PROMPT_SCREEN_RENDERER: Function = function("getPromptScreenRenderer")
    .doc("Tells how a screen of the login is rendered.")
    .inputs(&[
        required("promptType", STRING).one_of(SCREENED_PROMPTS).doc("The prompt."),
        required("screenName", STRING).one_of(SCREENS).doc("The screen."),
    ])
    .gives(the(&PROMPT_SCREEN_RENDERER));
