//! `auth0.getSigningKeys`: what tokens of the tenant are signed with.

use pulumi_rs_sdk::table::rest::*;

/// The keys.
pub const GET_SIGNING_KEYS: Function = function("getSigningKeys")
    .doc("Lists the keys that tokens of the tenant are signed with: the public halves.")
    .lists(all(&SIGNING_KEY, "signingKeys", "signing-keys"));

const SIGNING_KEY: Resource =
    resource("SigningKey", collection("keys/signing").id_from("kid").paged(Paging::Whole)).fields(
        &[
            output("cert", STRING).doc("Certificate of the key, in PEM."),
            output("current", BOOL).doc("Whether tokens are signed with it now."),
            output("fingerprint", STRING).doc("Fingerprint of the certificate."),
            output("kid", STRING).doc("ID that tokens name the key by."),
            output("next", BOOL).doc("Whether it is the one that comes next."),
            output("pkcs7", STRING).doc("Certificate of the key, as PKCS #7 in PEM."),
            output("previous", BOOL).doc("Whether it was the one before."),
            output("revoked", BOOL).doc("Whether it has been revoked."),
            output("thumbprint", STRING).doc("Thumbprint of the certificate."),
        ],
    );
