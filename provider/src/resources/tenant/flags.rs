//! What is switched on and off in a tenant.

use pulumi_rs_sdk::table::rest::*;
use pulumi_rs_sdk::value::Value;

/// `flags`; the API merges it, and what it leaves out is off, but for three.
pub(super) const FLAGS: ObjectType = object_type(
    "TenantFlags",
    &[
        computed("allowLegacyDelegationGrantTypes", BOOL).doc("Whether older applications may use delegation."),
        computed("allowLegacyRoGrantTypes", BOOL).doc("Whether older applications may use the older grant by password."),
        computed("allowLegacyTokeninfoEndpoint", BOOL).doc("Whether the older address that tells of a token answers."),
        computed("dashboardInsightsView", BOOL).doc("Whether the dashboard has its insights."),
        computed("dashboardLogStreamsNext", BOOL).doc("Whether the dashboard has the newer page of log streams."),
        computed("disableClickjackProtectionHeaders", BOOL).doc("Whether other pages may show the pages of the tenant in a frame."),
        computed("disableFieldsMapFix", BOOL).doc("Whether SAML and WS-Federation keep to an older mapping of fields."),
        computed("disableManagementApiSmsObfuscation", BOOL).assumed(yes).doc("Whether phone numbers are shown in full by the Management API."),
        computed("enableAdfsWaadEmailVerification", BOOL).doc("Whether users of ADFS and Entra ID see that their address is verified."),
        computed("enableApisSection", BOOL).doc("Whether the dashboard has a section for APIs."),
        computed("enableClientConnections", BOOL).assumed(yes).doc("Whether new applications get all connections."),
        computed("enableCustomDomainInEmails", BOOL).doc("Whether e-mails name the custom domain."),
        computed("enableDynamicClientRegistration", BOOL).doc("Whether applications may register by themselves."),
        computed("enableIdtokenApi2", BOOL).doc("Whether ID tokens open the Management API."),
        computed("enableLegacyLogsSearchV2", BOOL).doc("Whether the older search of the log can be used."),
        computed("enableLegacyProfile", BOOL).doc("Whether ID tokens and user information have the older form."),
        computed("enablePipeline2", BOOL).assumed(yes).doc("Whether logins run through the newer pipeline."),
        computed("enablePublicSignupUserExistsError", BOOL).doc("Whether a sign-up tells that there is such a user."),
        computed("enableSso", BOOL).doc("Whether users who have signed in to one application are signed in to others."),
        computed("mfaShowFactorListOnEnrollment", BOOL).doc("Whether users choose among further factors when they enrol."),
        computed("noDiscloseEnterpriseConnections", BOOL).doc("Whether the names of enterprise connections are kept back."),
        computed("removeAlgFromJwks", BOOL).doc("Whether public keys are published without their algorithm."),
        computed("requirePushedAuthorizationRequests", BOOL).ignored().deprecated("It is a setting of applications.").doc("Whether authorization requests have to be pushed; the published provider never sent it."),
        computed("revokeRefreshTokenGrant", BOOL).doc("Whether revoking one refresh token revokes all of its grant."),
        computed("useScopeDescriptionsForConsent", BOOL).doc("Whether the page that asks for consent shows descriptions of scopes."),
    ],
);

fn yes() -> Value {
    true.into()
}
