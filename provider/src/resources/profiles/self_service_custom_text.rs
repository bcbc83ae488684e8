//! `auth0.SelfServiceProfileCustomText`: texts of your own on a page of the self-service, in one language.

use pulumi_rs_sdk::table::rest::*;

/// The texts of a page of a profile.
pub const SELF_SERVICE_PROFILE_CUSTOM_TEXT: Resource = resource(
    "SelfServiceProfileCustomText",
    document("self-service-profiles/{ssoId}/custom-text/{language}/{page}")
        .id_form("{ssoId}::{language}::{page}")
        .body("body")
        .emptied_by("{}"),
)
.doc("Texts of your own on a page of the self-service, in one language.")
.fields(&[
    required("body", STRING).json_indented().doc("The texts as JSON, by their names."),
    required("language", STRING).one_of(&["en"]).moves().doc("Language of the texts."),
    required("page", STRING).one_of(&["get-started"]).moves().doc("Page that the texts are on."),
    required("ssoId", STRING).replaces().doc("ID of the self-service profile."),
]);
