//! `auth0.SupplementalSignals`: what others tell the tenant of those who log in.

use pulumi_rs_sdk::table::rest::*;

/// Who is listened to; nobody, once the resource leaves the program.
pub const SUPPLEMENTAL_SIGNALS: Resource = resource(
    "SupplementalSignals",
    singleton("supplemental-signals")
        .id_form("supplemental_signals")
        .emptied_by(r#"{"akamai_enabled":false}"#),
)
.doc("Which signals of others the tenant takes into account.")
.fields(&[required("akamaiEnabled", BOOL)
    .doc("Whether it takes the headers of Akamai into account where that stands before it.")]);
