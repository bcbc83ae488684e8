//! What a public key or certificate in PEM says about itself: fingerprint, subject, expiry.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::DecodingKey;
use rsa::RsaPublicKey;
use rsa::pkcs1::DecodeRsaPublicKey;
use rsa::pkcs8::DecodePublicKey;
use rsa::sha2::{Digest, Sha256};
use rsa::traits::PublicKeyParts;
use x509_cert::Certificate;
use x509_cert::der::{DecodePem, Encode};
use x509_cert::spki::der::referenced::OwnedToRef;

use crate::answer::Object;

/// The attributes of a subject: object identifier and long name, as X.520 has them.
const NAMES: &[(&str, &str)] = &[
    ("2.5.4.3", "commonName"),
    ("2.5.4.6", "countryName"),
    ("2.5.4.7", "localityName"),
    ("2.5.4.8", "stateOrProvinceName"),
    ("2.5.4.10", "organizationName"),
    ("2.5.4.11", "organizationalUnitName"),
];

/// A key in PEM, by itself or in a certificate.
#[derive(Debug)]
pub struct PublicKey {
    key: Option<RsaPublicKey>,
    certificate: Option<Certificate>,
}

impl PublicKey {
    /// Reads a PEM; what cannot be read says nothing.
    pub fn read(pem: &str) -> Self {
        let pem = pem.trim();
        let certificate = Certificate::from_pem(pem).ok();
        let key = match &certificate {
            Some(certificate) => {
                let info = &certificate.tbs_certificate.subject_public_key_info;
                RsaPublicKey::try_from(info.owned_to_ref()).ok()
            }
            None => RsaPublicKey::from_public_key_pem(pem)
                .ok()
                .or_else(|| RsaPublicKey::from_pkcs1_pem(pem).ok()),
        };
        Self { key, certificate }
    }

    /// Whether there is a key of a kind that Auth0 takes.
    pub fn is_readable(&self) -> bool {
        self.key.is_some()
    }

    /// The thumbprint of RFC 7638, which Auth0 gives as key id and as fingerprint.
    pub fn thumbprint(&self) -> Option<String> {
        let key = self.key.as_ref()?;
        let exponent = URL_SAFE_NO_PAD.encode(key.e().to_bytes_be());
        let modulus = URL_SAFE_NO_PAD.encode(key.n().to_bytes_be());
        // The members in the order of the alphabet and without spaces, as the RFC asks.
        let members = format!(r#"{{"e":"{exponent}","kty":"RSA","n":"{modulus}"}}"#);
        Some(URL_SAFE_NO_PAD.encode(Sha256::digest(members)))
    }

    /// The key, for verifying what its private half has signed.
    pub fn decoding_key(&self) -> Option<DecodingKey> {
        let key = self.key.as_ref()?;
        let exponent = URL_SAFE_NO_PAD.encode(key.e().to_bytes_be());
        let modulus = URL_SAFE_NO_PAD.encode(key.n().to_bytes_be());
        DecodingKey::from_rsa_components(&modulus, &exponent).ok()
    }

    /// The subject of the certificate, one attribute to a line.
    pub fn subject(&self) -> Option<String> {
        let subject = &self.certificate.as_ref()?.tbs_certificate.subject;
        Some(subject.0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    }

    /// The subject of the certificate by the long names of its attributes.
    pub fn subject_names(&self) -> Option<Object> {
        let subject = &self.certificate.as_ref()?.tbs_certificate.subject;
        let attributes = subject.0.iter().flat_map(|together| together.0.iter());
        let named = attributes.filter_map(|attribute| {
            let oid = attribute.oid.to_string();
            let (_, name) = NAMES.iter().find(|(own, _)| *own == oid)?;
            let value = String::from_utf8_lossy(attribute.value.value()).into_owned();
            Some(((*name).to_owned(), value.into()))
        });
        Some(named.collect())
    }

    /// The SHA-1 digest of the certificate in hexadecimal, which connections call thumbprint.
    pub fn certificate_digest(&self) -> Option<String> {
        let der = self.certificate.as_ref()?.to_der().ok()?;
        let digest = ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, &der);
        Some(digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// When the certificate expires.
    pub fn expiry(&self) -> Option<jiff::Timestamp> {
        let end = self.certificate.as_ref()?.tbs_certificate.validity.not_after;
        let seconds = i64::try_from(end.to_unix_duration().as_secs()).ok()?;
        jiff::Timestamp::from_second(seconds).ok()
    }
}
