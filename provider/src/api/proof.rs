//! What an application asks for a token with.

use std::sync::Arc;
use std::time::SystemTime;

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use super::assertion;
use super::request::{Body, wiped};
use crate::config::{Config, Credentials, SigningKey};

/// How an application proves who it is.
#[derive(Clone, Copy)]
pub(super) enum Proof<'a> {
    /// By its secret.
    Secret(&'a SecretString),
    /// By what its private key has signed.
    Key(&'a SigningKey),
}

#[derive(Serialize)]
struct Asked<'a> {
    grant_type: &'static str,
    client_id: &'a str,
    audience: &'a str,
    #[serde(flatten)]
    with: With<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum With<'a> {
    Secret { client_secret: &'a str },
    Assertion { client_assertion_type: &'static str, client_assertion: &'a str },
}

impl Proof<'_> {
    /// The application of the configuration, and its proof; none where it asks for no token.
    pub(super) fn of(config: &Config) -> Option<(&str, Proof<'_>)> {
        match &config.credentials {
            Credentials::Client { id, secret } => Some((id, Proof::Secret(secret))),
            Credentials::PrivateKey { id, key } => Some((id, Proof::Key(key))),
            Credentials::ApiToken(_) | Credentials::CliLogin { .. } | Credentials::Later => None,
        }
    }

    /// The body of a request for a token.
    ///
    /// # Guarantees
    /// Each try has an assertion of its own: the tenant takes none twice.
    pub(super) fn body(self, id: &str, config: &Arc<Config>) -> Body {
        let key = match self {
            Proof::Secret(secret) => {
                let with = With::Secret { client_secret: secret.expose_secret() };
                return Body::fixed(&asked(id, config, with));
            }
            Proof::Key(key) => key.clone(),
        };
        let (id, config) = (id.to_owned(), config.clone());
        Body::Fresh(Box::new(move || {
            let tenant = config.domain.base().as_str();
            let assertion = assertion::make(&id, tenant, &key, SystemTime::now())?;
            let with = With::Assertion {
                client_assertion_type: assertion::TYPE,
                client_assertion: assertion.expose_secret(),
            };
            Ok(wiped(&asked(&id, &config, with)))
        }))
    }

    /// What stands in every body, and in no text.
    pub(super) fn hidden(self) -> Option<SecretString> {
        match self {
            Proof::Secret(secret) => Some(secret.clone()),
            // An assertion is another each time, and known by its shape.
            Proof::Key(_) => None,
        }
    }

    /// What to look at where the tenant does not believe it.
    pub(super) fn advice(self) -> String {
        match self {
            Proof::Secret(_) => {
                "check `auth0:clientId` (or AUTH0_CLIENT_ID) and `auth0:clientSecret` (or \
                 AUTH0_CLIENT_SECRET), and that they are those of an application of the tenant in \
                 `auth0:domain`"
                    .into()
            }
            Proof::Key(key) => format!(
                "check `auth0:clientId` (or AUTH0_CLIENT_ID), that the application authenticates by \
                 private key JWT with a credential for the key in `auth0:clientAssertionPrivateKey` \
                 (or AUTH0_CLIENT_ASSERTION_PRIVATE_KEY) and the algorithm {}, that `auth0:domain` \
                 is its tenant, and the clock of this machine; the tenant's log tells the reason",
                key.algorithm().name()
            ),
        }
    }
}

fn asked<'a>(id: &'a str, config: &'a Config, with: With<'a>) -> Asked<'a> {
    let grant_type = "client_credentials";
    Asked { grant_type, client_id: id, audience: &config.audience, with }
}
