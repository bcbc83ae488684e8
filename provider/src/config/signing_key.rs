//! The private key with which an application proves who it is, instead of a secret.

use std::fmt;
use std::sync::Arc;

use ring::rand::SystemRandom;
use ring::signature::{
    RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PSS_SHA256, RsaEncoding, RsaKeyPair,
};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretBox};

/// The algorithms that Auth0 takes for the keys of applications, by its API document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    Rs384,
    /// RSASSA-PSS with SHA-256.
    Ps256,
}

/// An RSA key, and the algorithm that it signs with.
///
/// # Guarantees
/// Its `Debug` shows nothing of the key, and the key is wiped from memory when the last clone is
/// gone. What ring makes of it for a signature is freed at once, but not wiped.
#[derive(Clone)]
pub struct SigningKey {
    algorithm: Algorithm,
    der: Arc<SecretBox<PrivateKeyDer<'static>>>,
}

/// The machine has no randomness, without which nothing can be signed.
#[derive(Clone, Copy, Debug)]
pub struct Unsigned;

impl Algorithm {
    const ALL: [Algorithm; 3] = [Algorithm::Rs256, Algorithm::Rs384, Algorithm::Ps256];

    /// The algorithm of this name.
    ///
    /// # Errors
    /// A reason that continues the sentence "the algorithm in … ".
    pub(super) fn parse(name: &str) -> Result<Algorithm, String> {
        let found = Algorithm::ALL.into_iter().find(|algorithm| algorithm.name() == name);
        found.ok_or_else(|| {
            let names = Algorithm::ALL.map(Algorithm::name).join(", ");
            format!("must be the one that Auth0 has for the key of the application, of {names}")
        })
    }

    /// The name in the header of a JWT.
    pub fn name(self) -> &'static str {
        match self {
            Algorithm::Rs256 => "RS256",
            Algorithm::Rs384 => "RS384",
            Algorithm::Ps256 => "PS256",
        }
    }

    fn encoding(self) -> &'static dyn RsaEncoding {
        match self {
            Algorithm::Rs256 => &RSA_PKCS1_SHA256,
            Algorithm::Rs384 => &RSA_PKCS1_SHA384,
            Algorithm::Ps256 => &RSA_PSS_SHA256,
        }
    }
}

impl SigningKey {
    /// Reads a private key in PEM. `\n` as two characters counts as the end of a line, which is what
    /// becomes of one in many settings of environment variables; PEM itself has no backslashes.
    ///
    /// # Errors
    /// A reason that continues the sentence "the private key in … ", without any of the text.
    pub(super) fn parse(pem: &str, algorithm: Algorithm) -> Result<SigningKey, String> {
        let lines = Zeroizing::new(pem.replace("\\n", "\n"));
        let lines = Zeroizing::new(lines.replace("\\r", ""));
        let der = PrivateKeyDer::from_pem_slice(lines.as_bytes()).map_err(|_| foreign(&lines))?;
        let key = SigningKey { algorithm, der: Arc::new(SecretBox::new(Box::new(der))) };
        key.pair().map(|_| key)
    }

    /// What it signs with.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The signature of `message`.
    ///
    /// # Errors
    /// Where this machine gives no randomness.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Unsigned> {
        // It was one when it was read.
        let pair = self.pair().map_err(|_| Unsigned)?;
        let mut signature = vec![0; pair.public().modulus_len()];
        pair.sign(self.algorithm.encoding(), &SystemRandom::new(), message, &mut signature)
            .map_err(|_| Unsigned)?;
        Ok(signature)
    }

    /// What holds the key.
    #[cfg(test)]
    pub(super) fn holder(&self) -> &SecretBox<PrivateKeyDer<'static>> {
        &self.der
    }

    fn pair(&self) -> Result<RsaKeyPair, String> {
        const WANTED: &str = "Auth0 takes RSA keys of 2048 to 4096 bits";
        let pair = match self.der.expose_secret() {
            PrivateKeyDer::Pkcs8(der) => RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()),
            PrivateKeyDer::Pkcs1(der) => RsaKeyPair::from_der(der.secret_pkcs1_der()),
            _ => return Err(format!("is of an elliptic curve: {WANTED}")),
        };
        pair.map_err(|rejected| match rejected.to_string().as_str() {
            "TooSmall" => format!("is too short: {WANTED}"),
            "TooLarge" => format!("is too long: {WANTED}"),
            "WrongAlgorithm" => format!("is none of RSA: {WANTED}"),
            _ => "is damaged: take it once more, whole, from where it was made".to_owned(),
        })
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("algorithm", &self.algorithm).finish_non_exhaustive()
    }
}

/// What a text is that is no private key in PEM.
fn foreign(text: &str) -> String {
    let begins = |kind: &str| text.contains(&format!("-----BEGIN {kind}-----"));
    let reason = if begins("ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED") {
        "is encrypted: give it without a passphrase (`openssl pkey -in FILE`), as a secret"
    } else if begins("OPENSSH PRIVATE KEY") {
        "is in the form of OpenSSH: turn it into PEM (`ssh-keygen -p -m PEM -f FILE`)"
    } else if begins("PUBLIC KEY") || begins("RSA PUBLIC KEY") || begins("CERTIFICATE") {
        "is the public half: that is for Auth0, the private one is for here"
    } else if text.contains("PRIVATE KEY-----") {
        "is damaged: all lines of the PEM are needed, from BEGIN to END"
    } else {
        "is not one in PEM: give the text of the file, which begins with `-----BEGIN PRIVATE KEY-----`"
    };
    reason.to_owned()
}

#[cfg(test)]
mod tests;
