//! Options of many strategies.

use pulumi_rs_sdk::table::rest::*;

use super::strategies::*;

/// The rows.
pub(super) const ROWS: &[Field] = &[
    computed("nonPersistentAttrs", STRINGS)
        .when("strategy", WITH_ATTRIBUTES)
        .unordered()
        .doc("Attributes of the user that are not stored."),
    computed("setUserRootAttributes", STRING)
        .when("strategy", WITH_ATTRIBUTES)
        .one_of(&["on_each_login", "on_first_login", "never_on_login"])
        .doc("When attributes of the profile are taken from the other side."),
    optional("upstreamParams", STRING)
        .when("strategy", WITH_PARAMETERS)
        .json()
        .doc("Parameters that go along to the other side, as JSON."),
];
