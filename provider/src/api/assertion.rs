//! The assertion with which an application proves that it has its private key (RFC 7523).

use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use ring::rand::{SecureRandom, SystemRandom};
use secrecy::SecretString;
use serde::Serialize;

use crate::config::{SigningKey, Unsigned};

/// What the token endpoint is told that an assertion is.
pub(super) const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// How far the clock of this machine may be from Auth0's, either way. An assertion may last five
/// minutes, and both halves of its time fit into that.
const SKEW: Duration = Duration::from_secs(120);

#[derive(Serialize)]
struct Header {
    alg: &'static str,
    typ: &'static str,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    iat: u64,
    exp: u64,
    jti: String,
}

/// An assertion of the application `id` for the tenant at `audience`, which the tenant takes once.
///
/// # Errors
/// Where this machine gives no randomness.
pub(super) fn make(
    id: &str,
    audience: &str,
    key: &SigningKey,
    now: SystemTime,
) -> Result<SecretString, Unsigned> {
    let mut number = [0; 16];
    SystemRandom::new().fill(&mut number).map_err(|_| Unsigned)?;
    let now = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let claims = Claims {
        iss: id,
        sub: id,
        aud: audience,
        iat: now.saturating_sub(SKEW).as_secs(),
        exp: (now + SKEW).as_secs(),
        jti: BASE64.encode(number),
    };
    let header = Header { alg: key.algorithm().name(), typ: "JWT" };
    let mut assertion = format!("{}.{}", part(&header), part(&claims));
    let signature = key.sign(assertion.as_bytes())?;
    assertion.push('.');
    BASE64.encode_string(signature, &mut assertion);
    Ok(assertion.into())
}

fn part(value: &impl Serialize) -> String {
    BASE64.encode(serde_json::to_vec(value).expect("texts and numbers are always JSON"))
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::{DecodingKey, Validation};
    use secrecy::ExposeSecret;
    use serde_json::Value;

    use super::*;
    use crate::api::testing::private_key;

    const AUDIENCE: &str = "https://t.auth0.com/";

    /// What a library of others makes of an assertion, with the algorithm `name` alone.
    fn verified(assertion: &str, name: &str) -> jsonwebtoken::errors::Result<Value> {
        let mut validation = Validation::new(name.parse().unwrap());
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "iss", "sub", "aud"]);
        let key = DecodingKey::from_rsa_der(&private_key().public);
        Ok(jsonwebtoken::decode(assertion, &key, &validation)?.claims)
    }

    #[test]
    fn others_find_it_signed_as_it_says() {
        for name in ["RS256", "RS384", "PS256"] {
            let made = make("id", AUDIENCE, &private_key().with(name), SystemTime::now()).unwrap();
            let header = jsonwebtoken::decode_header(made.expose_secret()).unwrap();
            assert_eq!(
                format!("{:?} {:?}", header.alg, header.typ),
                format!("{name} Some(\"JWT\")")
            );
            let claims = verified(made.expose_secret(), name).unwrap();
            assert_eq!((&claims["iss"], &claims["sub"]), (&"id".into(), &"id".into()));
            let altered = made.expose_secret().replace(".ey", ".eY");
            assert!(verified(&altered, name).is_err());
        }
    }

    #[test]
    fn it_lasts_less_than_the_five_minutes_that_auth0_allows() {
        let now = SystemTime::now();
        let made = make("id", AUDIENCE, &private_key().with("RS256"), now).unwrap();
        let claims = verified(made.expose_secret(), "RS256").unwrap();
        let second = |name: &str| claims[name].as_u64().unwrap();
        assert!(second("exp") - second("iat") < 300, "{claims}");
        let now = now.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
        assert_eq!((now - second("iat"), second("exp") - now), (120, 120));
    }

    #[test]
    fn no_two_have_the_same_number() {
        let number = || {
            let made = make("id", AUDIENCE, &private_key().with("RS256"), SystemTime::now());
            let claims = verified(made.unwrap().expose_secret(), "RS256").unwrap();
            claims["jti"].as_str().unwrap().to_owned()
        };
        let (one, two) = (number(), number());
        assert!(one != two && (16..=64).contains(&one.len()), "{one} {two}");
    }
}
