//! `auth0.getAction`, `auth0.getActionModule`, and what is told of a module: its versions, and the actions that use it.

use pulumi_rs_sdk::table::rest::*;

use crate::resources::{
    ACTION, ACTION_MODULE, VERSION_CODE, VERSION_DEPENDENCY, VERSION_MADE, VERSION_NUMBER,
    VERSION_SECRET,
};

/// One action, by its ID or its name.
pub const GET_ACTION: Function = function("getAction")
    .doc("Looks an action up by its ID or its name. The values of its secrets are not told.")
    .inputs(&[
        optional("id", STRING).doc("ID of the action; it decides where a name is given too."),
        optional("name", STRING)
            .wire("actionName")
            .doc("Name of the action, letter for letter; the first one counts."),
    ])
    .rules(&[Rule::AtLeastOneOf(&["id", "name"])])
    .gives(by_id(&ACTION, "id").or_first("name"));

/// One module, by its ID.
pub const GET_ACTION_MODULE: Function = function("getActionModule")
    .doc("Looks a module up by its ID. The values of its secrets are not told.")
    .inputs(&[required("id", STRING).doc("ID of the module.")])
    .gives(by_id(&ACTION_MODULE, "id"));

/// The actions that use a module.
pub const GET_ACTION_MODULE_ACTIONS: Function = function("getActionModuleActions")
    .doc("Lists the actions that use a module.")
    .inputs(&[MODULE_ID])
    .lists(
        all(&USE, "actions", "{moduleId}")
            .at("actions/modules/{moduleId}/actions", Paging::Offset)
            .called("action")
            .counted("total"),
    );

const USE: Resource = resource("Use", collection("actions").id_from("action_id")).fields(&[
    output("actionId", STRING).doc("ID of the action."),
    output("actionName", STRING).doc("Name of the action."),
    output("moduleVersionId", STRING).doc("ID of the version that it uses."),
    output("moduleVersionNumber", INT).doc("Number of that version."),
    output("supportedTriggers", list(&object(&TRIGGER))).doc("The triggers that it is for."),
]);

const TRIGGER: ObjectType = object_type(
    "Trigger",
    &[
        output("id", STRING).doc("The trigger, `post-login` for instance."),
        output("version", STRING).doc("Version of the trigger."),
    ],
);

/// One version of a module.
pub const GET_ACTION_MODULE_VERSION: Function = function("getActionModuleVersion")
    .doc("Looks a version of a module up.")
    .inputs(&[MODULE_ID, required("versionId", STRING).doc("ID of the version.")])
    .gives(the(&VERSION).called("version"));

const VERSION: Resource = resource(
    "Version",
    document("actions/modules/{moduleId}/versions/{versionId}").id_form("{moduleId}:{versionId}"),
)
.fields(&[
    VERSION_CODE,
    VERSION_MADE,
    DEPENDENCIES,
    MODULE_ID,
    SECRETS,
    output("versionId", STRING).wire("id").doc("ID of the version."),
    VERSION_NUMBER,
]);

/// The versions of a module.
pub const GET_ACTION_MODULE_VERSIONS: Function = function("getActionModuleVersions")
    .doc("Lists the versions of a module, the newest first.")
    .inputs(&[MODULE_ID])
    .lists(
        all(&LISTED, "versions", "{moduleId}")
            .at("actions/modules/{moduleId}/versions", Paging::Offset)
            .called("version"),
    );

const LISTED: Resource = resource("Listed", collection("versions")).fields(&[
    VERSION_CODE,
    VERSION_MADE,
    DEPENDENCIES,
    output("moduleId", STRING).doc("ID of the module."),
    SECRETS,
    VERSION_NUMBER,
]);

const MODULE_ID: Field = required("moduleId", STRING).doc("ID of the module.");

const DEPENDENCIES: Field = output("dependencies", list(&object(&VERSION_DEPENDENCY)))
    .doc("Packages from npm that its code uses.");

const SECRETS: Field =
    output("secrets", list(&object(&VERSION_SECRET))).doc("Secrets that its code reads.");
