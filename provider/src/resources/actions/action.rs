//! `auth0.Action`: code of your own that runs at a moment that Auth0 names.

use pulumi_rs_sdk::table::rest::*;

/// An action is built after every change, in Auth0's own time, and then deployed where the program wants it.
const DEPLOY: Act = act(
    "deploy",
    "deploy",
    until("status", &["built"]).fails(&["failed"]),
    until("deployed_version.deployed", &["true"]),
)
.makes("id", "deployed_version.id")
.unless(until("all_changes_deployed", &["true"]));

/// The action.
pub const ACTION: Resource =
    resource("Action", collection("actions/actions").paged(Paging::Offset).then(&DEPLOY))
        .doc("Code of your own that runs at a moment that Auth0 names, its trigger.")
        .create_timeout(360)
        .fields(&[
            required("code", STRING).doc("The code, in JavaScript."),
            optional("dependencies", list(&object(&DEPENDENCY)))
                .unordered()
                .doc("Packages from npm that the code uses."),
            optional("deploy", BOOL).local().doc(
                "Whether every change is deployed, once it is built. Only what is deployed runs.",
            ),
            optional("modules", list(&object(&MODULE)))
                .unordered()
                .doc("Modules, shared by actions, that the code uses."),
            optional("name", STRING).autonamed().kept().doc("Name of the action."),
            // All recorded creates that do not send it.
            computed("runtime", STRING)
                .spelled(&[("node18", "node18-actions")])
                .server_default(Literal::String("node22"))
                .one_of(&["node12", "node16", "node18", "node22"])
                .doc("Version of Node.js that runs it."),
            optional("secrets", list(&object(&SECRET)))
                .guarded(&guard("name"))
                .unordered()
                .doc("What the code reads as `event.secrets`. The values are never shown."),
            optional("secretsWoVersion", INT)
                .local()
                .absent_is_null()
                .doc("Another number says that values of `secretsWos` are others, and sends them."),
            optional("secretsWos", list(&object(&SECRET_WO)))
                .wire("secrets")
                .guarded(&guard("name").sent_with("secretsWoVersion"))
                .unordered()
                .doc("The same as `secrets`, but the state's outputs do not hold the values."),
            output("status", STRING).due_at(&["failed"]).changes_with_updates().doc(
                "What has become of it: `pending`, `building`, `retrying`, `built` or `failed`.",
            ),
            required("supportedTriggers", object(&TRIGGER))
                .one_in_list()
                .doc("The trigger that it is for."),
            output("versionId", STRING)
                .wire("deployed_version.id")
                .absent_is_null()
                .changes_with_updates_if("deploy")
                .doc("ID of the version that is deployed."),
        ])
        .rules(&[
            Rule::Excludes("secrets", &["secretsWos"]),
            Rule::Together(&["secretsWos", "secretsWoVersion"]),
        ]);

const DEPENDENCY: ObjectType = object_type(
    "ActionDependency",
    &[
        required("name", STRING).doc("Name of the package."),
        required("version", STRING).doc("Version of it, `latest` too."),
    ],
);

const MODULE: ObjectType = object_type(
    "ActionModule",
    &[
        required("moduleId", STRING).doc("ID of the module."),
        output("moduleName", STRING).doc("Name of the module."),
        required("moduleVersionId", STRING).doc("ID of the version of it."),
        output("moduleVersionNumber", INT).doc("Number of that version."),
    ],
);

const SECRET: ObjectType = object_type(
    "ActionSecret",
    &[
        required("name", STRING).doc("Name of the secret."),
        required("value", STRING).secret().write_only().doc("Its value."),
    ],
);

const SECRET_WO: ObjectType = object_type(
    "ActionSecretsWo",
    &[
        required("name", STRING).doc("Name of the secret."),
        required("value", STRING).secret().never_stored().doc("Its value."),
    ],
);

const TRIGGER: ObjectType = object_type(
    "ActionSupportedTriggers",
    &[
        required("id", STRING)
            .stated(&[Constraint::OneOf(TRIGGERS)])
            .doc("The trigger, `post-login` for instance."),
        required("version", STRING).doc("Version of the trigger, `v3` for instance."),
    ],
);

const TRIGGERS: &[&str] = &[
    "post-login",
    "credentials-exchange",
    "pre-user-registration",
    "post-user-registration",
    "post-change-password",
    "send-phone-message",
    "custom-phone-provider",
    "custom-email-provider",
    "password-reset-post-challenge",
    "custom-token-exchange",
    "event-stream",
    "password-hash-migration",
    "login-post-identifier",
    "signup-post-identifier",
];
