//! `auth0.Client`: an application that signs users in, or that calls APIs for itself.

mod addons;
mod cimd;
mod login;
mod organizations;
mod rules;
mod samlp;
mod stated;
mod tokens;

use pulumi_rs_sdk::table::rest::*;

pub use cimd::CLIENT_CIMD;

/// The application; other resources refer to it by its `clientId`.
pub const CLIENT: Resource = resource("Client", collection("clients").id_from("client_id"))
    .create_with(rules::token_endpoint_auth_method)
    .adjust(rules::logout_addresses)
    .doc("An application that signs users in through Auth0, or that calls APIs for itself.")
    .fields(&[
        optional("addons", object(&addons::ADDONS))
            .nullable()
            .whole()
            .doc("Settings for services that Auth0 signs users in to, one block for each service."),
        optional("allowedClients", STRINGS)
            .unordered()
            .stated(stated::NOT_EMPTY)
            .doc("IDs of applications that may exchange tokens of this one by delegation."),
        optional("allowedLogoutUrls", STRINGS)
            .stated(stated::ADDRESS)
            .doc("Addresses that a user may be sent to after logout; the first is the default."),
        optional("allowedOrigins", STRINGS)
            .unordered()
            .stated(stated::ADDRESS)
            .doc("Origins from which scripts may call Auth0, beside those of `callbacks`."),
        optional("anonymousSessions", object(&login::ANONYMOUS_SESSIONS))
            .nullable()
            .switch()
            .doc("Sessions of users who have not signed in; `oidcConformant` has to be true."),
        optional("appType", STRING)
            .kept()
            .one_of(APP_TYPES)
            .doc("Kind of application; it decides which grants and login methods Auth0 offers."),
        optional("asyncApprovalNotificationChannels", STRINGS)
            .empty_is_null()
            // Tenants with backchannel logins switched on answer so to a create that sends nothing: ten
            // recorded creates.
            .usual(rules::is_push_alone)
            .unordered()
            .one_of(&["guardian-push", "email"])
            .doc("Ways in which a user can be asked to approve a backchannel login."),
        optional("b2bIntegrationConfiguration", object(&organizations::B2B_INTEGRATION))
            .replaces_if_it_comes_or_goes()
            .doc("How it serves business customers; it does so from the start, or never."),
        computed("callbacks", STRINGS)
            .emptied()
            .stated(stated::ADDRESS)
            .doc("Addresses that a login may return to; the first is the default."),
        optional("clientAliases", STRINGS)
            .unordered()
            .stated(stated::NOT_EMPTY)
            .doc("Other names of the application: audiences of SAML, realms of WS-Federation."),
        computed("clientId", STRING)
            .replaces()
            .create_only()
            .doc("ID of the application; on tenants that allow it, one of your own choice."),
        optional("clientMetadata", STRING_MAP)
            .stated(&[
                Constraint::Entries(0, 10),
                Constraint::KeyLength(255),
                Constraint::KeyCharacters("a-zA-Z0-9:,+=_*?\"/\\()<>@\t -"),
                Constraint::Length(0, 255),
            ])
            .doc("Up to ten texts of your own by key, which actions and rules can read."),
        optional("complianceLevel", STRING)
            .nullable()
            .one_of(&[
                "none",
                "fapi1_adv_pkj_par",
                "fapi1_adv_mtls_par",
                "fapi2_sp_pkj_mtls",
                "fapi2_sp_mtls_mtls",
            ])
            .doc("Security profile that Auth0 holds the application to."),
        optional("crossOriginAuth", BOOL)
            .wire("cross_origin_authentication")
            .doc("Whether the application's own pages may ask for the user's credentials."),
        optional("crossOriginLoc", STRING)
            .nullable()
            .stated(stated::WEB_ADDRESS)
            .doc("Page that completes a cross-origin login where third-party cookies are blocked."),
        optional("customLoginPage", STRING)
            .doc("HTML of a login page of your own, used where `customLoginPageOn` is true."),
        // All 153 recorded creates that do not send it.
        computed("customLoginPageOn", BOOL)
            .server_default(Literal::Bool(true))
            .doc("Whether the custom login page is used."),
        computed("defaultOrganization", object(&organizations::DEFAULT_ORGANIZATION))
            .nullable()
            .whole()
            .disable_block()
            .doc("Organization that a login is for where the request names none."),
        optional("description", STRING)
            .default(Literal::String("Managed by Pulumi"))
            .length(0, 140)
            .doc("What the application is for."),
        optional("encryptionKey", STRING_MAP)
            .nullable()
            .whole()
            .absent_is_null()
            .doc("Key that SAML answers are encrypted with: `pub`, `cert` and `subject`."),
        computed("expressConfiguration", object(&organizations::EXPRESS_CONFIGURATION))
            .nullable()
            .whole()
            .doc("How customers connect their own identity provider through the Okta network."),
        output("externalClientId", STRING)
            .doc("Address of the metadata document, for an application that registered by one."),
        output("externalMetadataCreatedBy", STRING)
            .doc("Who registered the application by its metadata document: an admin or a client."),
        output("externalMetadataType", STRING)
            .doc("How the application registered itself: by a metadata document or dynamically."),
        optional("fedcmLogin", object(&login::FEDCM_LOGIN))
            .nullable()
            .doc("Login through the browser's own account chooser."),
        optional("formTemplate", STRING).doc("HTML form that WS-Federation answers are posted by."),
        computed("grantTypes", STRINGS)
            .emptied()
            .usual(rules::are_usual_grants)
            .unordered()
            .stated(&[Constraint::Known(stated::GRANT_TYPES)])
            .doc("Grants by which the application may get tokens."),
        optional("identityAssertionAuthorizationGrant", object(&tokens::IDENTITY_ASSERTION))
            .nullable()
            .switch()
            .doc("Whether the application may exchange identity assertions for access tokens."),
        optional("initiateLoginUri", STRING)
            .https_url()
            .doc("Page of the application that starts a login; Auth0 sends users there."),
        // All 153 recorded creates that do not send it.
        computed("isFirstParty", BOOL)
            .server_default(Literal::Bool(true))
            .doc("Whether it is your own, not a third party's."),
        computed("isTokenEndpointIpHeaderTrusted", BOOL)
            .emptied()
            .doc("Whether Auth0 believes the end user's address that a backend sends along."),
        output("jwksUri", STRING).doc("Address of the public keys of the application."),
        computed("jwtConfiguration", object(&tokens::JWT_CONFIGURATION))
            .doc("How ID tokens of the application are made."),
        optional("logoUri", STRING)
            .stated(stated::ADDRESS)
            .doc("Address of the logo; Auth0's own where it is empty."),
        computed("mobile", object(&login::MOBILE))
            .doc("Identity of the native apps, so that links can lead into them."),
        computed("myOrganizationConfiguration", object(&organizations::MY_ORGANIZATION))
            .nullable()
            .whole()
            .doc("What members of an organization may set up for it by themselves."),
        optional("name", STRING)
            .kept()
            .autonamed()
            .stated(&[Constraint::Without("<>")])
            .doc("Name, which users see at login."),
        computed("nativeSocialLogin", object(&login::NATIVE_SOCIAL_LOGIN))
            .nullable()
            .doc("Social logins that the native app runs by the phone's own means."),
        computed("oidcBackchannelLogoutUrls", STRINGS)
            .wire("oidc_backchannel_logout.backchannel_logout_urls")
            .nulled_at("oidc_backchannel_logout")
            .unordered()
            .stated(stated::SECURE_ADDRESS)
            .deprecated("Use `oidcLogout` and its `backchannelLogoutUrls`.")
            .doc("Addresses that Auth0 tells of a logout."),
        computed("oidcConformant", BOOL)
            .emptied()
            .doc("Whether the application keeps to OpenID Connect, without older extensions."),
        optional("oidcLogout", object(&login::OIDC_LOGOUT))
            .whole()
            .nulled_at("oidc_backchannel_logout")
            .doc("How the application hears that a session has ended."),
        computed("organizationDiscoveryMethods", STRINGS)
            .empty_is_null()
            .unordered()
            .one_of(&["email", "organization_name"])
            .doc("Ways in which a user finds the organization to sign in to."),
        computed("organizationRequireBehavior", STRING)
            .nullable()
            .one_of(&["no_prompt", "pre_login_prompt", "post_login_prompt"])
            .doc("When a user is asked for the organization, where one is required."),
        computed("organizationUsage", STRING)
            .nullable()
            .one_of(&["deny", "allow", "require"])
            .doc("Whether users may or must sign in to an organization."),
        computed("redirectionPolicy", STRING)
            .one_of(&["allow_always", "open_redirect_protection"])
            .doc("Whether errors redirect to the application, or only where that is safe."),
        computed("refreshToken", object(&tokens::REFRESH_TOKEN))
            .nullable()
            .usual(tokens::usual_refresh_token)
            .whole()
            .doc("How refresh tokens rotate and expire."),
        optional("requireProofOfPossession", BOOL)
            .doc("Whether tokens are bound to a key that their user has to prove."),
        optional("requirePushedAuthorizationRequests", BOOL)
            .doc("Whether authorization requests have to be pushed to Auth0 beforehand."),
        optional("resourceServerIdentifier", STRING)
            .create_only()
            .kept()
            .stated(&[Constraint::Length(1, 600)])
            .doc("API that the application stands for, where `appType` is `resource_server`."),
        optional("sessionTransfer", object(&tokens::SESSION_TRANSFER))
            .nullable()
            .doc("How a session of a native app is carried over to a browser."),
        output("signingKeys", list(&STRING_MAP))
            .secret()
            .doc("Certificates that tokens and SAML answers are signed with."),
        optional("skipNonVerifiableCallbackUriConfirmationPrompt", STRING)
            .nullable()
            .tri_state()
            .one_of(&["true", "false", "null"])
            .doc("Whether users skip the page that confirms an address nobody can verify."),
        optional("sso", BOOL).doc("Whether older clients may share a session by single sign-on."),
        optional("ssoDisabled", BOOL).doc("Whether users sign in even where a session exists."),
        computed("thirdPartySecurityMode", STRING)
            .one_of(&["strict", "permissive"])
            .doc("How much Auth0 trusts the application of a third party."),
        optional("tokenExchange", object(&tokens::TOKEN_EXCHANGE))
            .nullable()
            .doc("Whether the application may exchange tokens of others for Auth0's."),
        optional("tokenQuota", object(&tokens::TOKEN_QUOTA))
            .nullable()
            .whole()
            .doc("How many tokens the application may get for itself."),
        optional("webOrigins", STRINGS)
            .unordered()
            .stated(stated::ADDRESS)
            .doc("Origins from which a page may renew its tokens silently."),
    ])
    .rules(&[
        Rule::Custom(rules::anonymous_sessions),
        Rule::Custom(rules::default_organization),
        Rule::Stated(rules::parts_of_a_default_organization),
        Rule::Custom(rules::samlp_mappings),
        Rule::Custom(rules::third_party_access),
    ])
    .holds(&[
        held("credential", "credentials", "clients/{id}/credentials").whole(),
        held("grant", "grants", "client-grants").by("client_id", "{id}"),
    ]);

/// The kinds of application that the API takes.
pub const APP_TYPES: &[&str] = &[
    "native",
    "spa",
    "regular_web",
    "non_interactive",
    "resource_server",
    "express_configuration",
    "rms",
    "box",
    "cloudbees",
    "concur",
    "dropbox",
    "mscrm",
    "echosign",
    "egnyte",
    "newrelic",
    "office365",
    "salesforce",
    "sentry",
    "sharepoint",
    "slack",
    "springcm",
    "zendesk",
    "zoom",
    "sso_integration",
    "oag",
];
