//! The tenant's signing key: made on first use, published as JWKS, and the tokens signed with it.

use std::str::FromStr;
use std::sync::LazyLock;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use rsa::RsaPrivateKey;
use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::pkcs1v15;
use rsa::pkcs8::EncodePublicKey;
use rsa::sha2::Sha256;
use rsa::traits::PublicKeyParts;
use serde_json::{Value, json};
use x509_cert::builder::{self, Builder, CertificateBuilder, Profile};
use x509_cert::der::EncodePem;
use x509_cert::der::pem::LineEnding;
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::SubjectPublicKeyInfoOwned;
use x509_cert::time::Validity;

use crate::answer::Object;
use crate::ids;

/// Bits of the RSA modulus, as Auth0 has them.
const BITS: usize = 2048;

/// How long the certificate of a key is valid; no process runs as long.
const CERTIFICATE_LIFETIME: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);

/// An RSA key pair, and a certificate that it signed for itself.
pub struct SigningKey {
    id: String,
    private: RsaPrivateKey,
    encoding: EncodingKey,
    decoding: DecodingKey,
    modulus: String,
    exponent: String,
    certificate: String,
}

/// The key of every tenant in this process. What tells their tokens apart is issuer and audience; one
/// key each would cost every test the time to make it.
pub fn signing_key() -> &'static SigningKey {
    static KEY: LazyLock<SigningKey> = LazyLock::new(SigningKey::generate);
    &KEY
}

impl SigningKey {
    fn generate() -> Self {
        let private = RsaPrivateKey::new(&mut rsa::rand_core::OsRng, BITS)
            .expect("the bit size is one that RSA takes");
        let der = private.to_pkcs1_der().expect("a key that was just made can be written");
        let modulus = URL_SAFE_NO_PAD.encode(private.n().to_bytes_be());
        let exponent = URL_SAFE_NO_PAD.encode(private.e().to_bytes_be());
        Self {
            id: ids::key_id(),
            encoding: EncodingKey::from_rsa_der(der.as_bytes()),
            decoding: DecodingKey::from_rsa_components(&modulus, &exponent)
                .expect("the components were just encoded"),
            certificate: certify(&private, "auth0-local-tenant", 1)
                .expect("a key that was just made can sign"),
            modulus,
            exponent,
            private,
        }
    }

    /// The id by which tokens name the key.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The public half in PEM.
    pub fn public_pem(&self) -> String {
        self.private
            .to_public_key()
            .to_public_key_pem(rsa::pkcs8::LineEnding::LF)
            .expect("a key that was just made can be written")
    }

    /// A certificate of the key in PEM, as clients show it under `signing_keys`.
    pub fn certificate(&self) -> &str {
        &self.certificate
    }

    /// Another certificate of the key, for a name; no two are alike.
    pub fn certify(&self, name: &str) -> String {
        // What may stand in a name of ours and not in one of X.500 is left out.
        let plain: String = name.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect();
        certify(&self.private, &plain, rand::random()).unwrap_or_else(|_| self.certificate.clone())
    }

    /// The public half as a JSON Web Key Set.
    pub fn jwks(&self) -> Value {
        json!({"keys": [{
            "kty": "RSA",
            "use": "sig",
            "alg": "RS256",
            "kid": self.id,
            "n": self.modulus,
            "e": self.exponent,
        }]})
    }

    /// Signs claims with the key.
    ///
    /// # Errors
    /// Where the algorithm is none of an RSA key.
    pub fn sign(
        &self,
        algorithm: Algorithm,
        kind: &str,
        claims: &Object,
    ) -> jsonwebtoken::errors::Result<String> {
        let header = Header {
            typ: Some(kind.to_owned()),
            kid: Some(self.id.clone()),
            ..Header::new(algorithm)
        };
        jsonwebtoken::encode(&header, claims, &self.encoding)
    }

    /// The claims of a token that this key signed for `audience` and that has not expired.
    ///
    /// # Errors
    /// Where the token is not one of ours, is for another audience, or has expired.
    pub fn verify(
        &self,
        token: &str,
        issuer: &str,
        audience: &str,
    ) -> jsonwebtoken::errors::Result<Object> {
        let mut validation = Validation::new(Algorithm::RS256);
        validation.algorithms = vec![Algorithm::RS256, Algorithm::RS512, Algorithm::PS256];
        validation.set_audience(&[audience]);
        validation.set_issuer(&[issuer]);
        validation.leeway = 0;
        Ok(jsonwebtoken::decode(token, &self.decoding, &validation)?.claims)
    }
}

fn certify(private: &RsaPrivateKey, name: &str, serial: u32) -> Result<String, builder::Error> {
    let signer = pkcs1v15::SigningKey::<Sha256>::new(private.clone());
    let key = SubjectPublicKeyInfoOwned::from_key(private.to_public_key())?;
    let (serial, validity) =
        (SerialNumber::from(serial), Validity::from_now(CERTIFICATE_LIFETIME)?);
    let subject = Name::from_str(&format!("CN={name}"))?;
    let builder = CertificateBuilder::new(Profile::Root, serial, validity, subject, key, &signer)?;
    Ok(builder.build::<pkcs1v15::Signature>()?.to_pem(LineEnding::LF)?)
}

/// Signs claims with the secret of an API that uses HS256.
///
/// # Errors
/// Never for a secret of any length; the signature is that of the library.
pub fn sign_with_secret(
    secret: &str,
    kind: &str,
    claims: &Object,
) -> jsonwebtoken::errors::Result<String> {
    let header = Header { typ: Some(kind.to_owned()), ..Header::new(Algorithm::HS256) };
    jsonwebtoken::encode(&header, claims, &EncodingKey::from_secret(secret.as_bytes()))
}
