//! `auth0.ActionModule`: code that actions share.

use pulumi_rs_sdk::table::rest::*;

/// A module is there at once, and a version is made of it where the program wants one and something has changed.
const PUBLISH: Act = act(
    "versions",
    "publish",
    until("all_changes_published", &["true", "false"]),
    until("all_changes_published", &["true"]),
)
.makes("id", "latest_version.id")
.unless(until("all_changes_published", &["true"]));

/// The module.
pub const ACTION_MODULE: Resource =
    resource("ActionModule", collection("actions/modules").paged(Paging::Offset).then(&PUBLISH))
        .doc("Code that actions share. Actions use a version of it.")
        .fields(&[
            output("actionsUsingModuleTotal", INT).doc("How many actions use the module."),
            output("allChangesPublished", BOOL)
                .changes_with_updates()
                .doc("Whether the latest version is what the module is now."),
            required("code", STRING)
                .stated(&[Constraint::Length(0, 65_536)])
                .doc("The code, in JavaScript."),
            optional("dependencies", list(&object(&DEPENDENCY)))
                .unordered()
                .doc("Packages from npm that the code uses."),
            output("latestVersionNumber", INT)
                .wire("latest_version.version_number")
                .changes_with_updates_if("publish")
                .doc("Number of the latest version; 0 where there is none."),
            output("latestVersions", list(&object(&VERSION)))
                .wire("latest_version")
                .last_of_list()
                .changes_with_updates_if("publish")
                .doc("The latest version, if there is one."),
            // The API takes no other name, so that a new module is what is meant.
            optional("name", STRING)
                .autonamed()
                .moves()
                .stated(&[Constraint::Length(0, 255)])
                .doc("Name of the module."),
            optional("publish", BOOL)
                .local()
                .doc("Whether a version is made of every change. Actions use nothing else."),
            optional("secrets", list(&object(&SECRET)))
                .guarded(&guard("name"))
                .unordered()
                .doc("What the code reads as secrets. The values are never shown."),
            output("versionId", STRING)
                .wire("latest_version.id")
                .absent_is_null()
                .changes_with_updates_if("publish")
                .doc("ID of the latest version, which actions name."),
        ]);

const DEPENDENCY: ObjectType = object_type(
    "ActionModuleDependency",
    &[
        required("name", STRING).stated(&[Constraint::Length(0, 255)]).doc("Name of the package."),
        required("version", STRING)
            .stated(&[Constraint::Length(0, 50)])
            .doc("Version of it, `latest` too."),
    ],
);

const SECRET: ObjectType = object_type(
    "ActionModuleSecret",
    &[
        required("name", STRING).stated(&[Constraint::Length(0, 255)]).doc("Name of the secret."),
        output("updatedAt", STRING).go_time().doc("When the secret was changed last."),
        required("value", STRING)
            .secret()
            .write_only()
            .stated(&[Constraint::Length(0, 4096)])
            .doc("Its value."),
    ],
);

const VERSION: ObjectType = object_type(
    "ActionModuleLatestVersion",
    &[
        VERSION_CODE,
        VERSION_MADE,
        output("dependencies", list(&object(&VERSION_DEPENDENCY)))
            .doc("Packages from npm that its code uses."),
        output("id", STRING).doc("ID of the version."),
        output("secrets", list(&object(&VERSION_SECRET))).doc("Secrets that its code reads."),
        VERSION_NUMBER,
    ],
);

/// The code of a version.
pub const VERSION_CODE: Field = output("code", STRING).doc("The code of the version.");

/// When a version was made.
pub const VERSION_MADE: Field =
    output("createdAt", STRING).go_time().doc("When the version was made.");

/// The number of a version.
pub const VERSION_NUMBER: Field = output("versionNumber", INT).doc("Number of the version.");

/// A package that the code of a version uses.
pub const VERSION_DEPENDENCY: ObjectType = object_type(
    "ActionModuleLatestVersionDependency",
    &[
        output("name", STRING).doc("Name of the package."),
        output("version", STRING).doc("Version of it."),
    ],
);

/// A secret that the code of a version reads.
pub const VERSION_SECRET: ObjectType = object_type(
    "ActionModuleLatestVersionSecret",
    &[
        output("name", STRING).doc("Name of the secret."),
        output("updatedAt", STRING).go_time().doc("When the secret was changed last."),
    ],
);
