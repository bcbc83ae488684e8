//! When a client has a secret that it may use and that the API may show.

use crate::answer::Object;
use crate::request::Caller;
use crate::store::text;

/// The secret with which the client may ask for a token.
///
/// A client that authenticates by key or certificate keeps a secret in store, which comes back into
/// use when those methods are taken off it; a client of the method `none` is public.
pub fn usable(client: &Object) -> Option<&str> {
    let public = text(client, "token_endpoint_auth_method") == Some("none");
    if public || is_keyed(client) {
        return None;
    }
    text(client, "client_secret")
}

/// Takes the secret and the keys off an answer where the real API does not show them.
///
/// The secret is not shown for clients that authenticate by key or certificate, and neither secret nor
/// keys to a token that may read neither client keys nor client credentials.
pub fn conceal(client: &mut Object, caller: &Caller) {
    let trusted = caller.has_any(&["read:client_keys", "read:client_credentials"]);
    if is_keyed(client) || !trusted {
        client.remove("client_secret");
    }
    if !trusted {
        client.remove("signing_keys");
    }
}

fn is_keyed(client: &Object) -> bool {
    client.get("client_authentication_methods").is_some_and(|methods| !methods.is_null())
}
