//! Strategies, and which of them know an option: by the API's document, and by what the published provider sends.

/// All strategies of several sets that share none.
macro_rules! all_of {
    ($($set:expr),+) => {{
        const ALL: [&str; 0 $(+ $set.len())+] = joined(&[$($set),+]);
        &ALL
    }};
}

const fn joined<const N: usize>(sets: &[&[&'static str]]) -> [&'static str; N] {
    let mut all = [""; N];
    let (mut set, mut made) = (0, 0);
    while set < sets.len() {
        let mut at = 0;
        while at < sets[set].len() {
            all[made] = sets[set][at];
            (made, at) = (made + 1, at + 1);
        }
        set += 1;
    }
    all
}

/// What the published provider takes for a strategy.
pub(super) const ALL: &[&str] = &[
    "ad",
    "adfs",
    "amazon",
    "apple",
    "dropbox",
    "bitbucket",
    "aol",
    "auth0-adldap",
    "auth0-oidc",
    "auth0",
    "baidu",
    "bitly",
    "box",
    "custom",
    "daccount",
    "dwolla",
    "email",
    "evernote-sandbox",
    "evernote",
    "exact",
    "facebook",
    "fitbit",
    "flickr",
    "github",
    "google-apps",
    "google-oauth2",
    "guardian",
    "instagram",
    "ip",
    "linkedin",
    "miicard",
    "oauth1",
    "oauth2",
    "office365",
    "oidc",
    "okta",
    "paypal",
    "paypal-sandbox",
    "pingfederate",
    "planningcenter",
    "renren",
    "salesforce-community",
    "salesforce-sandbox",
    "salesforce",
    "samlp",
    "sharepoint",
    "shopify",
    "sms",
    "soundcloud",
    "thecity-sandbox",
    "thecity",
    "thirtysevensignals",
    "twitter",
    "untappd",
    "vkontakte",
    "waad",
    "weibo",
    "windowslive",
    "wordpress",
    "yahoo",
    "yammer",
    "yandex",
    "line",
];

pub(super) const AD: &[&str] = &["ad"];
pub(super) const ADFS: &[&str] = &["adfs"];
pub(super) const APPLE: &[&str] = &["apple"];
pub(super) const DATABASE: &[&str] = &["auth0"];
pub(super) const EMAIL: &[&str] = &["email"];
pub(super) const FACEBOOK: &[&str] = &["facebook"];
pub(super) const GITHUB: &[&str] = &["github"];
pub(super) const GOOGLE: &[&str] = &["google-oauth2"];
pub(super) const GOOGLE_APPS: &[&str] = &["google-apps"];
pub(super) const LINKEDIN: &[&str] = &["linkedin"];
pub(super) const OAUTH1: &[&str] = &["oauth1"];
pub(super) const OIDC: &[&str] = &["oidc"];
pub(super) const PING: &[&str] = &["pingfederate"];
pub(super) const SALESFORCE: &[&str] =
    &["salesforce", "salesforce-community", "salesforce-sandbox"];
pub(super) const SAMLP: &[&str] = &["samlp"];
pub(super) const SMS: &[&str] = &["sms"];
pub(super) const WAAD: &[&str] = &["waad"];
pub(super) const WINDOWS: &[&str] = &["windowslive"];

/// What speaks OAuth 2 as `oauth2` does.
pub(super) const OAUTH2: &[&str] = &[
    "oauth2",
    "amazon",
    "bitbucket",
    "box",
    "custom",
    "dropbox",
    "line",
    "paypal",
    "shopify",
    "twitter",
    "wordpress",
    "yahoo",
];
pub(super) const OAUTH: &[&str] = all_of![OAUTH2, OAUTH1];
pub(super) const OPENID: &[&str] = &["oidc", "okta"];
pub(super) const METADATA: &[&str] = &["oidc", "okta", "samlp"];
pub(super) const ENDPOINTS: &[&str] = all_of![OAUTH2, OPENID];
pub(super) const SAML: &[&str] = &["pingfederate", "samlp"];
pub(super) const SIGNED_IN_AT: &[&str] = &["ad", "adfs", "pingfederate", "samlp"];
pub(super) const MICROSOFT: &[&str] = &["adfs", "waad"];
pub(super) const CODES: &[&str] = &["email", "sms"];
pub(super) const SUBJECTED: &[&str] = &["email", "pingfederate"];
pub(super) const AD_AND_DATABASE: &[&str] = &["ad", "auth0"];
pub(super) const PASSWORDS: &[&str] = &["ad", "auth0", "email", "sms"];
pub(super) const PASSWORDS_AND_CODES: &[&str] = &["auth0", "email", "sms"];
pub(super) const FEDERATED: &[&str] = &["google-apps", "google-oauth2", "oidc", "okta", "waad"];
pub(super) const WITH_DOMAIN: &[&str] = &["google-apps", "okta", "waad"];
pub(super) const WITH_USERS_API: &[&str] = &["adfs", "google-apps", "waad"];
pub(super) const WITH_USER_ID: &[&str] = &["adfs", "pingfederate", "samlp", "waad"];
pub(super) const FIELDS: &[&str] = all_of![OAUTH2, SAML];

/// What stands as a button on the login page.
pub(super) const ENTERPRISE: &[&str] =
    &["ad", "adfs", "google-apps", "oidc", "okta", "pingfederate", "samlp", "waad"];

/// What takes the attributes of a profile on each login where nothing else is said, and is not to be told so.
pub(super) const TAKING_ATTRIBUTES: &[&str] =
    &["ad", "adfs", "google-apps", "pingfederate", "samlp", "waad"];

pub(super) const VERSIONED: &[&str] =
    all_of![OAUTH2, AD, ADFS, DATABASE, LINKEDIN, SAMLP, WAAD, WINDOWS];
pub(super) const WITH_ICON: &[&str] = all_of![OAUTH2, ENTERPRISE, GOOGLE];
pub(super) const WITH_SCOPES: &[&str] = all_of![
    OAUTH2,
    OPENID,
    SALESFORCE,
    APPLE,
    FACEBOOK,
    GITHUB,
    GOOGLE_APPS,
    GOOGLE,
    LINKEDIN,
    WAAD,
    WINDOWS
];
pub(super) const WITH_CLIENT: &[&str] = all_of![WITH_SCOPES, OAUTH1];
pub(super) const WITH_ATTRIBUTES: &[&str] = all_of![WITH_SCOPES, SIGNED_IN_AT, DATABASE, EMAIL];
pub(super) const WITH_PARAMETERS: &[&str] = all_of![WITH_ATTRIBUTES, SMS];
