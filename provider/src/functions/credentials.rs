//! What answers say of a client beside the rows of `auth0.Client`: how it proves who it is.

use std::collections::HashMap;

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::Context;
use pulumi_rs_sdk::table::*;
use serde_json::Value as Json;

use crate::api::Path;
use crate::rest::{Found, Tenant};

/// The rows that only functions give.
pub(super) const ANSWERED: &[Field] = &[
    output("clientAuthenticationMethods", object(&METHODS))
        .doc("How the application proves who it is, where it does so by keys or certificates."),
    CLIENT_SECRET,
    output("signedRequestObject", object(&SIGNED_REQUEST_OBJECT))
        .doc("How authorization requests of the application are signed."),
    output("tokenEndpointAuthMethod", STRING)
        .doc("How the application uses its secret at the token endpoint; `none` without one."),
];

/// The secret.
pub(super) const CLIENT_SECRET: Field = output("clientSecret", STRING)
    .secret()
    .doc("Secret of the application; empty where the token lacks `read:client_keys`.");

const METHODS: ObjectType = object_type(
    "ClientAuthenticationMethods",
    &[
        output("privateKeyJwt", object(&PRIVATE_KEY_JWT)).doc("By a text signed with its key."),
        output("selfSignedTlsClientAuth", object(&SELF_SIGNED))
            .doc("By a certificate that it signed itself."),
        output("tlsClientAuth", object(&TLS)).doc("By a certificate of an authority."),
    ],
);

const PRIVATE_KEY_JWT: ObjectType = object_type(
    "ClientAuthenticationMethodsPrivateKeyJwt",
    &[output("credentials", list(&object(&PRIVATE_KEY_JWT_CREDENTIAL))).doc("Its keys.")],
);

const SELF_SIGNED: ObjectType = object_type(
    "ClientAuthenticationMethodsSelfSignedTlsClientAuth",
    &[output("credentials", list(&object(&SELF_SIGNED_CREDENTIAL))).doc("Its certificates.")],
);

const TLS: ObjectType = object_type(
    "ClientAuthenticationMethodsTlsClientAuth",
    &[output("credentials", list(&object(&TLS_CREDENTIAL))).doc("Its certificates.")],
);

const SIGNED_REQUEST_OBJECT: ObjectType = object_type(
    "ClientSignedRequestObject",
    &[
        output("credentials", list(&object(&SIGNED_REQUEST_OBJECT_CREDENTIAL))).doc("Its keys."),
        output("required", BOOL).doc("Whether requests that are not signed are refused."),
    ],
);

const PRIVATE_KEY_JWT_CREDENTIAL: ObjectType =
    object_type("ClientAuthenticationMethodsPrivateKeyJwtCredential", KEY);
const SIGNED_REQUEST_OBJECT_CREDENTIAL: ObjectType =
    object_type("ClientSignedRequestObjectCredential", KEY);
const SELF_SIGNED_CREDENTIAL: ObjectType = object_type(
    "ClientAuthenticationMethodsSelfSignedTlsClientAuthCredential",
    &[CREATED_AT, CREDENTIAL_TYPE, ID, NAME, UPDATED_AT],
);
const TLS_CREDENTIAL: ObjectType = object_type(
    "ClientAuthenticationMethodsTlsClientAuthCredential",
    &[
        CREATED_AT,
        CREDENTIAL_TYPE,
        ID,
        NAME,
        output("subjectDn", STRING).doc("Whom the certificate names."),
        UPDATED_AT,
    ],
);

const KEY: &[Field] = &[
    output("algorithm", STRING).wire("alg").doc("Algorithm that the key signs with."),
    CREATED_AT,
    CREDENTIAL_TYPE,
    output("expiresAt", STRING).doc("When the key expires, as RFC 3339 writes it."),
    ID,
    output("keyId", STRING).wire("kid").doc("ID that tokens name the key by."),
    NAME,
    UPDATED_AT,
];

const CREATED_AT: Field =
    output("createdAt", STRING).doc("When it was made, as RFC 3339 writes it.");
const CREDENTIAL_TYPE: Field = output("credentialType", STRING).doc("Kind of credential.");
const ID: Field = output("id", STRING).doc("ID of the credential.");
const NAME: Field = output("name", STRING).doc("Name of the credential.");
const UPDATED_AT: Field =
    output("updatedAt", STRING).doc("When it was changed, as RFC 3339 writes it.");

/// Puts what is known of each credential where the answer has its ID alone: one request, or none.
///
/// # Errors
/// What the API refused; the scope is `read:client_credentials`.
pub(super) async fn complete(
    tenant: &Tenant,
    context: &Context,
    (site, answer): &mut Found,
) -> Result<(), Error> {
    let mut named: Vec<&mut Json> = named(answer).collect();
    if named.is_empty() {
        return Ok(());
    }
    let known =
        tenant.get(context, Path::of("clients").named(&site.id).below("credentials")).await?;
    fill_in(&mut named, known);
    Ok(())
}

/// The credentials that the answer names.
fn named(answer: &mut WireObject) -> impl Iterator<Item = &mut Json> {
    let uses = answer.iter_mut().filter_map(|(name, used)| match (name.as_str(), used) {
        ("client_authentication_methods", Json::Object(methods)) => {
            Some(methods.values_mut().collect::<Vec<_>>())
        }
        ("signed_request_object", used) => Some(vec![used]),
        _ => None,
    });
    let lists = uses.flatten().filter_map(|used| used.get_mut("credentials")?.as_array_mut());
    lists.flatten()
}

fn fill_in(named: &mut [&mut Json], known: Json) {
    let known = match known {
        Json::Array(known) => known,
        _ => Vec::new(),
    };
    let id = |credential: &Json| Some(credential.get("id")?.as_str()?.to_owned());
    let by_id: HashMap<String, Json> =
        known.into_iter().filter_map(|credential| Some((id(&credential)?, credential))).collect();
    for credential in named {
        if let Some(known) = id(credential).and_then(|id| by_id.get(&id)) {
            **credential = known.clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rest::testing::members;

    #[test]
    fn each_credential_is_filled_in_where_it_is_named() {
        let mut answer = members(json!({
            "name": "App",
            "client_authentication_methods": {
                "private_key_jwt": {"credentials": [{"id": "cred_1"}, {"id": "cred_gone"}]},
                "tls_client_auth": null
            },
            "signed_request_object": {"required": true, "credentials": [{"id": "cred_2"}]}
        }));
        let known = json!([{"id": "cred_2", "kid": "two"}, {"id": "cred_1", "kid": "one"}]);
        let mut places: Vec<&mut Json> = named(&mut answer).collect();
        fill_in(&mut places, known);
        assert_eq!(
            Json::Object(answer),
            json!({
                "name": "App",
                "client_authentication_methods": {
                    "private_key_jwt": {
                        "credentials": [{"id": "cred_1", "kid": "one"}, {"id": "cred_gone"}]
                    },
                    "tls_client_auth": null
                },
                "signed_request_object": {
                    "required": true, "credentials": [{"id": "cred_2", "kid": "two"}]
                }
            })
        );
    }

    #[test]
    fn an_application_without_keys_names_no_credential() {
        let mut answer = members(json!({
            "client_secret": "s", "client_authentication_methods": null, "signed_request_object": null
        }));
        assert_eq!(named(&mut answer).count(), 0);
    }
}
