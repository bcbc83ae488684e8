//! `auth0.ConnectionProfile`: what connections have in common that customers set up by themselves.

use pulumi_rs_sdk::check::CheckFailure;
use pulumi_rs_sdk::path::PropertyPath;
use pulumi_rs_sdk::table::rest::*;
use pulumi_rs_sdk::value::{Object, Value};

/// The profile; what it says holds for connections of all strategies, unless one is named apart.
pub const CONNECTION_PROFILE: Resource =
    resource("ConnectionProfile", collection("connection-profiles").pages_of(10))
        .doc("What connections have in common that customers set up by themselves.")
        .fields(&[
            config(&CONFIG),
            optional("connectionNamePrefixTemplate", STRING)
                .default(Literal::String("con-{org_id}-"))
                .untold()
                .kept()
                .stated(&[Constraint::Length(0, 15), Constraint::Characters("a-zA-Z0-9{}_-")])
                .doc(PREFIX),
            optional("crossAppAccessResourceApp", object(&CROSS_APP_ACCESS))
                .nullable()
                .doc("Whether applications get access to others through the connections."),
            // All recorded answers to requests that do not send it.
            features().usual(are_all_features),
            optional("name", STRING)
                .autonamed()
                .kept()
                .stated(&[Constraint::Length(1, 50)])
                .doc("Name of the profile."),
            computed("organization", object(&ORGANIZATION))
                .doc("How the connections belong to the organization that they are made for."),
            computed("strategyOverrides", object(&STRATEGY_OVERRIDES))
                .kept()
                .blocks_stay()
                .doc("What is otherwise for connections of one strategy."),
        ])
        .rules(&[Rule::Custom(both_or_none)]);

const PREFIX: &str = "Beginning of the names of the connections; `{org_id}` and `{org_name}` stand for those of the organization.";

/// Settings of connections; Auth0 has none yet.
const fn config(of: &'static ObjectType) -> Field {
    computed("connectionConfig", object(of))
        .kept()
        .doc("Settings of the connections; Auth0 has none yet.")
}

const fn features() -> Field {
    computed("enabledFeatures", STRINGS)
        .emptied()
        .stated(&[Constraint::OneOf(FEATURES)])
        .doc("What the connections can do: `scim`, `universal_logout`.")
}

const FEATURES: &[&str] = &["scim", "universal_logout"];

fn are_all_features(features: &Value) -> bool {
    features.as_array().is_some_and(|features| {
        features.len() == FEATURES.len()
            && features.iter().zip(FEATURES).all(|(one, other)| one.as_str() == Some(other))
    })
}

const CONFIG: ObjectType = object_type("ConnectionProfileConnectionConfig", &[]);

const CROSS_APP_ACCESS: ObjectType = object_type(
    "ConnectionProfileCrossAppAccessResourceApp",
    &[required("status", object(&STATUS)).whole().doc("Whether they do, and what may be chosen.")],
);

const STATES: &[&str] = &["enabled", "disabled"];

const STATUS: ObjectType = object_type(
    "ConnectionProfileCrossAppAccessResourceAppStatus",
    &[
        optional("allowedValues", STRINGS)
            .one_of(STATES)
            .doc("What customers may choose: both, or nothing is said."),
        required("defaultValue", STRING)
            .one_of(STATES)
            .doc("What holds where they choose nothing."),
    ],
);

const ORGANIZATION: ObjectType = object_type(
    "ConnectionProfileOrganization",
    &[
        // All recorded answers to requests that do not send them.
        computed("assignMembershipOnLogin", STRING)
            .server_default(Literal::String("none"))
            .stated(LEVELS)
            .doc("Whether who signs in becomes a member of the organization."),
        computed("showAsButton", STRING)
            .server_default(Literal::String("none"))
            .stated(LEVELS)
            .doc("Whether the login shows a button for it."),
    ],
);

const LEVELS: &[Constraint] = &[Constraint::OneOf(&["none", "optional", "required"])];

const STRATEGY_OVERRIDES: ObjectType = object_type(
    "ConnectionProfileStrategyOverrides",
    &[
        computed("ad", object(&AD)).doc("Connections to an Active Directory."),
        computed("adfs", object(&ADFS)).doc("Connections to ADFS."),
        computed("googleApps", object(&GOOGLE_APPS))
            .wire("google-apps")
            .doc("Connections to Google Workspace."),
        computed("oidc", object(&OIDC)).doc("Connections by OpenID Connect."),
        computed("okta", object(&OKTA)).doc("Connections to Okta."),
        computed("pingfederate", object(&PINGFEDERATE)).doc("Connections to PingFederate."),
        computed("samlp", object(&SAMLP)).doc("Connections by SAML."),
        computed("waad", object(&WAAD)).doc("Connections to Microsoft Entra ID."),
    ],
);

const fn overrides(of: &'static ObjectType) -> [Field; 2] {
    [config(of), features()]
}

const AD: ObjectType = object_type("ConnectionProfileStrategyOverridesAd", &overrides(&AD_CONFIG));
const ADFS: ObjectType =
    object_type("ConnectionProfileStrategyOverridesAdfs", &overrides(&ADFS_CONFIG));
const GOOGLE_APPS: ObjectType =
    object_type("ConnectionProfileStrategyOverridesGoogleApps", &overrides(&GOOGLE_APPS_CONFIG));
const OIDC: ObjectType =
    object_type("ConnectionProfileStrategyOverridesOidc", &overrides(&OIDC_CONFIG));
const OKTA: ObjectType =
    object_type("ConnectionProfileStrategyOverridesOkta", &overrides(&OKTA_CONFIG));
const PINGFEDERATE: ObjectType =
    object_type("ConnectionProfileStrategyOverridesPingfederate", &overrides(&PINGFEDERATE_CONFIG));
const SAMLP: ObjectType =
    object_type("ConnectionProfileStrategyOverridesSamlp", &overrides(&SAMLP_CONFIG));
const WAAD: ObjectType =
    object_type("ConnectionProfileStrategyOverridesWaad", &overrides(&WAAD_CONFIG));
const AD_CONFIG: ObjectType =
    object_type("ConnectionProfileStrategyOverridesAdConnectionConfig", &[]);
const ADFS_CONFIG: ObjectType =
    object_type("ConnectionProfileStrategyOverridesAdfsConnectionConfig", &[]);
const GOOGLE_APPS_CONFIG: ObjectType =
    object_type("ConnectionProfileStrategyOverridesGoogleAppsConnectionConfig", &[]);
const OIDC_CONFIG: ObjectType =
    object_type("ConnectionProfileStrategyOverridesOidcConnectionConfig", &[]);
const OKTA_CONFIG: ObjectType =
    object_type("ConnectionProfileStrategyOverridesOktaConnectionConfig", &[]);
const PINGFEDERATE_CONFIG: ObjectType =
    object_type("ConnectionProfileStrategyOverridesPingfederateConnectionConfig", &[]);
const SAMLP_CONFIG: ObjectType =
    object_type("ConnectionProfileStrategyOverridesSamlpConnectionConfig", &[]);
const WAAD_CONFIG: ObjectType =
    object_type("ConnectionProfileStrategyOverridesWaadConnectionConfig", &[]);

/// The API takes the two values, in whatever order, or none.
fn both_or_none(inputs: &Object) -> Vec<CheckFailure> {
    let at = PropertyPath::of("crossAppAccessResourceApp").name("status").name("allowedValues");
    let status = inputs
        .get("crossAppAccessResourceApp")
        .and_then(|app| app.as_object()?.get("status")?.as_object());
    let Some(allowed) = status.and_then(|status| status.get("allowedValues")?.as_array()) else {
        return Vec::new();
    };
    let is_unknown = allowed.contains(&Value::Unknown);
    let has_both = allowed.len() == STATES.len()
        && STATES.iter().all(|state| allowed.contains(&(*state).into()));
    if allowed.is_empty() || is_unknown || has_both {
        return Vec::new();
    }
    vec![CheckFailure {
        property: at,
        reason: "give both `enabled` and `disabled`, or leave it out".to_owned(),
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::testing::{failures, inputs};

    #[test]
    fn customers_may_choose_between_both_values_or_nothing_is_said() {
        struct Case {
            allowed: &'static str,
            complaints: &'static [&'static str],
        }
        const COMPLAINTS: &[&str] = &[
            "crossAppAccessResourceApp.status.allowedValues: give both `enabled` and `disabled`, or leave it out",
        ];
        let cases = [
            Case { allowed: r#"["enabled", "disabled"]"#, complaints: &[] },
            Case { allowed: r#"["disabled", "enabled"]"#, complaints: &[] },
            Case { allowed: "[]", complaints: &[] },
            Case { allowed: r#"["enabled"]"#, complaints: COMPLAINTS },
            Case { allowed: r#"["enabled", "enabled"]"#, complaints: COMPLAINTS },
        ];
        for Case { allowed, complaints } in cases {
            let given = format!(
                r#"{{"name": "n", "crossAppAccessResourceApp":
                    {{"status": {{"defaultValue": "enabled", "allowedValues": {allowed}}}}}}}"#
            );
            assert_eq!(failures(&CONNECTION_PROFILE, &inputs(&given)), complaints, "{allowed}");
        }
    }
}
