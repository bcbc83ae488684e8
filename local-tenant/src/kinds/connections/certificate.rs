//! The options of SAML and PingFederate, completed from the certificate of the other end and from its metadata.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use regex::Regex;
use serde_json::{Value, json};

use crate::answer::Object;
use crate::public_key::PublicKey;
use crate::store::{complete, text};

/// What was read from a certificate or from metadata and stays where a change does not bring them again.
const READ: &[&str] = &[
    "bindingMethod",
    "cert",
    "expires",
    "signInEndpoint",
    "signOutEndpoint",
    "signingCert",
    "subject",
    "thumbprints",
];

/// Completes the options from the metadata and the certificate in them.
pub fn derive(strategy: &str, options: &mut Object, before: Option<&Object>) {
    if let Some(Value::String(metadata)) = options.remove("metadataXml") {
        read_metadata(options, &metadata);
    }
    if before.is_none() && strategy == "samlp" {
        let newest = json!({"algorithm_profile": "v2026-1", "algorithm_exceptions": []});
        complete(options, &json!({"assertion_decryption_settings": newest}));
    }
    if let Some(sent) = text(options, "signingCert").map(str::to_owned) {
        read_certificate(options, &pem(&sent));
    }
    if strategy == "pingfederate" {
        options.remove("signingCert");
        if let Some(base) = options.get("pingFederateBaseUrl").cloned() {
            options.entry("signInEndpoint").or_insert(base);
        }
    }
    for key in READ {
        if let Some(value) = before.and_then(|before| before.get(*key)) {
            options.entry(*key).or_insert_with(|| value.clone());
        }
    }
}

/// A certificate as it is shown: one that was sent in base64 is opened.
fn pem(sent: &str) -> String {
    let opened = STANDARD.decode(sent).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    opened.filter(|text| text.starts_with("-----BEGIN")).unwrap_or_else(|| sent.to_owned())
}

fn read_certificate(options: &mut Object, pem: &str) {
    let certificate = PublicKey::read(pem);
    options.insert("cert".into(), pem.into());
    let expires = certificate.expiry().map(|expiry| format!("{expiry:.3}"));
    let thumbprint = certificate.certificate_digest();
    options.extend(expires.map(|expires| ("expires".to_owned(), expires.into())));
    options.extend(certificate.subject_names().map(|s| ("subject".to_owned(), s.into())));
    options.extend(thumbprint.map(|digest| ("thumbprints".to_owned(), json!([digest]))));
}

fn read_metadata(options: &mut Object, metadata: &str) {
    static CERTIFICATE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"<(?:\w+:)?X509Certificate>([^<]+)<"));
    static SIGN_IN: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"<(?:\w+:)?SingleSignOnService\s([^>]*)>"));
    static SIGN_OUT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"<(?:\w+:)?SingleLogoutService\s([^>]*)>"));
    if let Some(found) = CERTIFICATE.captures(metadata) {
        let digits: String = found[1].split_whitespace().collect();
        let lines: Vec<_> = digits.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
        let pem = format!(
            "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
            lines.join("\n")
        );
        options.insert("signingCert".into(), STANDARD.encode(pem).into());
    }
    if let Some(found) = SIGN_IN.captures(metadata) {
        let binding = attribute(&found[1], "Binding");
        options.extend(binding.map(|binding| ("bindingMethod".to_owned(), binding.into())));
        let at = attribute(&found[1], "Location");
        options.extend(at.map(|at| ("signInEndpoint".to_owned(), at.into())));
    }
    if let Some(found) = SIGN_OUT.captures(metadata) {
        let at = attribute(&found[1], "Location");
        options.extend(at.map(|at| ("signOutEndpoint".to_owned(), at.into())));
    }
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of ours")
}

/// The value of an attribute in the inside of a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}

/// Where a browser is sent, by the metadata of WS-Federation.
pub fn passive_endpoint(metadata: &str) -> Option<String> {
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"PassiveRequestorEndpoint>\s*<[^>]*>\s*<(?:\w+:)?Address>\s*([^<\s]+)")
    });
    ADDRESS.captures(metadata).map(|found| found[1].to_owned())
}

/// The SHA-1 thumbprints of the certificates of a key set, in hexadecimal.
pub fn thumbprints(keys: &Object) -> Vec<String> {
    let keys = keys.get("keys").and_then(Value::as_array).into_iter().flatten();
    let digests = keys.filter_map(|key| URL_SAFE_NO_PAD.decode(key["x5t"].as_str()?).ok());
    digests.map(|digest| digest.iter().map(|byte| format!("{byte:02x}")).collect()).collect()
}
