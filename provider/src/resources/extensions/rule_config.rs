//! `auth0.RuleConfig`: a value that rules can read.

use pulumi_rs_sdk::table::rest::*;

/// The API shows the keys alone, as a list.
const CONFIGS: Entries = entries("rules-configs", &["key"]).paged(Paging::Whole).put_one_by_one();

/// The value of a key.
pub const RULE_CONFIG: Resource = resource("RuleConfig", member(&CONFIGS).id_form("{key}"))
    .doc("A value that rules can read by its key.")
    .fields(&[
        required("key", STRING).replaces().doc("Key of the value."),
        required("value", STRING).secret().write_only().doc("The value; Auth0 never shows it."),
    ]);
