//! `auth0.getAction`: code of your own, by its ID or its name.

use pulumi_rs_sdk::table::rest::*;

use crate::resources::ACTION;

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
