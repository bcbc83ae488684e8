//! `auth0.RiskAssessments` and `auth0.RiskAssessmentsNewDevice`: how risky a login is held to be.

use pulumi_rs_sdk::table::rest::*;

/// Whether logins are assessed.
pub const RISK_ASSESSMENTS: Resource = resource(
    "RiskAssessments",
    singleton("risk-assessments/settings").stays("the assessment of risks stays as it is"),
)
.doc("Whether the tenant assesses how risky a login is.")
.fields(&[required("enabled", BOOL).doc("Whether it does.")]);

/// When a device is a new one.
pub const RISK_ASSESSMENTS_NEW_DEVICE: Resource = resource(
    "RiskAssessmentsNewDevice",
    singleton("risk-assessments/settings/new-device")
        .stays("the time for which devices are remembered stays as it is"),
)
.doc("When the assessment of risks takes a device for a new one.")
.fields(&[required("rememberFor", INT)
    .at_least(1)
    .stated(&[Constraint::Range(1, 365)])
    .doc("For how many days a device is remembered.")]);
