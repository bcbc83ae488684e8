//! `auth0.TriggerAction` and `auth0.TriggerActions`: which actions run at a moment, one of them or all in their order.

use pulumi_rs_sdk::table::rest::*;
use serde_json::{Value as Json, json};

const BINDINGS: Entries = entries("actions/triggers/{trigger}/bindings", &["action.id"])
    .paged(Paging::Offset)
    .rewritten_by(Method::Patch, "bindings")
    .written(by_reference);

/// A binding is shown with its action, and written with a reference to it.
fn by_reference(binding: &WireObject) -> WireObject {
    let action = binding.get("action").and_then(|action| action.get("id"));
    let reference = json!({"type": "action_id", "value": action.unwrap_or(&Json::Null)});
    let name = binding.get("display_name").cloned();
    let name = name.map(|name| ("display_name".to_owned(), name));
    name.into_iter().chain([("ref".to_owned(), reference)]).collect()
}

/// One action of a trigger; it comes after those that are there.
pub const TRIGGER_ACTION: Resource =
    resource("TriggerAction", member(&BINDINGS).id_form("{trigger}::{actionId}"))
        .doc("An action that runs at a trigger, after those that do already.")
        .fields(&[
            required("actionId", STRING).wire("action.id").replaces().doc("ID of the action."),
            computed("displayName", STRING)
                .doc("Name that the dashboard shows; the action's own, where none is given."),
            required("trigger", STRING).replaces().one_of(TRIGGERS).doc("The trigger."),
        ]);

/// All actions of a trigger, in their order; what others put there goes.
pub const TRIGGER_ACTIONS: Resource = resource(
    "TriggerActions",
    members(&BINDINGS, "actions").id_form("{trigger}").others(Others::Go),
)
.doc("The actions that run at a trigger, all of them, in their order.")
.fields(&[
    required("actions", list(&object(&ACTION)))
        .doc("The actions, as they run one after the other. Others are taken off the trigger."),
    required("trigger", STRING).replaces().one_of(TRIGGERS).doc("The trigger."),
]);

const ACTION: ObjectType = object_type(
    "TriggerActionsAction",
    &[
        required("displayName", STRING).doc("Name that the dashboard shows."),
        required("id", STRING).wire("action.id").doc("ID of the action."),
    ],
);

const TRIGGERS: &[&str] = &[
    "post-login",
    "credentials-exchange",
    "pre-user-registration",
    "post-user-registration",
    "post-change-password",
    "send-phone-message",
    "password-reset-post-challenge",
    "custom-email-provider",
    "custom-phone-provider",
    "login-post-identifier",
    "signup-post-identifier",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_binding_is_written_with_a_reference_to_its_action() {
        let shown = json!({"id": "b", "display_name": "n", "action": {"id": "a", "name": "x"}});
        let written = by_reference(shown.as_object().unwrap());
        assert_eq!(
            Json::Object(written),
            json!({"ref": {"type": "action_id", "value": "a"}, "display_name": "n"})
        );
    }
}
